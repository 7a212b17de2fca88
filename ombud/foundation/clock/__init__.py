"""When: working calendars; and due columns, of which every waiting thing owns one."""
