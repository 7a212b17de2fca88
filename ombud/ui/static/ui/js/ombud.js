// What every page needs. Each file is one element or one habit; import maps give them their hashed names.
import "ui/wire";
import "ui/open";
import "ui/place";
import "ui/theme";
import "ui/time";
import "ui/toast";
import "ui/menu";
import "ui/dialog";
import "ui/drawer";
import "ui/columns";
import "ui/keys";
import "ui/palette";
import "ui/selection";
import "ui/combobox";
import "ui/editor";
import "ui/frame";
import "ui/copy";
import "ui/live";

// Tests and screenshots wait for this.
document.documentElement.dataset.ready = "";
