"""What every page is made of: base pages, components, style sheets and scripts. Knows no support desk."""
