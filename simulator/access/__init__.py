"""Who holds which right where: roles, groups and the folder tree. Knows no job and no clock."""
