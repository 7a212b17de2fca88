"""When: every waiting thing owns a due column, and this room finds and works through what is due."""
