// Files of a message: chosen, dropped or pasted; sent at once with their progress, named, and taken off again.
// The address answers {"id", "href", "name"}; the form then has an input `attached` with the id.
import { icon, make } from "ui/make";
import { say } from "ui/words";
import { token } from "ui/wire";

export class Files {
  constructor(editor) {
    this.editor = editor;
    this.address = editor.getAttribute("upload");
    const form = editor.form;
    if (!this.address || !form) return;
    this.list = form.querySelector(".editor-files") ?? make("div", { class: "editor-files" });
    editor.after(this.list);
    this.list.addEventListener("click", (event) => event.target.closest("[data-remove]")?.closest(".attachment").remove());
    form.addEventListener("change", (event) => {
      if (!event.target.matches("[data-attach]")) return;
      this.add(event.target.files);
      event.target.value = "";
    });
    form.addEventListener("dragover", (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      form.toggleAttribute("data-dragging", true);
    });
    form.addEventListener("dragleave", (event) => form.contains(event.relatedTarget) || form.removeAttribute("data-dragging"));
    form.addEventListener("drop", (event) => {
      form.removeAttribute("data-dragging");
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      event.stopPropagation();
      this.add(event.dataTransfer.files);
    }, true);
  }

  add(files) {
    if (this.address) for (const file of files) this.upload(file);
  }

  upload(file) {
    const progress = make("progress", { max: 100, value: 0, "aria-label": say("uploading", { name: file.name, percent: "" }) });
    const remove = make("button", { type: "button", "data-remove": true, "aria-label": `× ${file.name}` }, icon("x", 12));
    const chip = make("span", { class: "attachment" }, icon(file.type.startsWith("image/") ? "image" : "file-text"), make("span", { class: "clip" }, file.name), progress, remove);
    this.list.append(chip);
    const body = new FormData();
    body.append("file", file);
    const request = new XMLHttpRequest(); // fetch cannot tell how far an upload is
    request.open("POST", this.address);
    request.setRequestHeader("X-CSRFToken", token());
    request.upload.onprogress = ({ loaded, total }) => (progress.value = (100 * loaded) / total);
    request.onload = () => (request.status < 300 ? this.done(chip, progress, JSON.parse(request.responseText)) : this.failed(chip, progress, file));
    request.onerror = () => this.failed(chip, progress, file);
    request.send(body);
    remove.addEventListener("click", () => request.abort());
  }

  done(chip, progress, { id }) {
    progress.remove();
    chip.append(make("input", { type: "hidden", name: "attached", value: id }));
    this.editor.draft.touch();
  }

  failed(chip, progress, file) {
    progress.replaceWith(make("small", { role: "alert" }, say("too_large", { name: file.name })));
    chip.toggleAttribute("data-failed", true);
  }
}
