// Time zones: all that the browser knows as suggestions, and its own where nothing stands yet.
const zones = Intl.supportedValuesOf?.("timeZone") ?? [];
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const field of document.querySelectorAll('input[list="zones"]')) {
  if (!document.getElementById("zones")) {
    const list = document.createElement("datalist");
    list.id = "zones";
    list.append(...zones.map((zone) => Object.assign(document.createElement("option"), { value: zone })));
    document.body.append(list);
  }
  if (field.dataset.fromBrowser && !field.value && here) field.value = here;
}
