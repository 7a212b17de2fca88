// The workspace: opens tickets beside the list, refreshes what changed, sends deeds. Each habit is a file of its own.
import "workspace/panes";
import "workspace/deeds";
import "workspace/live";
import "workspace/presence";
import "workspace/composer";
import "workspace/list";
import "workspace/due";
import "workspace/why";
