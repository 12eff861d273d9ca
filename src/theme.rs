//! The theme: the default one inside the program, a site's own folder on top of it file by file.

/// Templates and static files.
pub struct Theme;
