//! The service worker: its source with the list of what to keep for offline use.

use super::site::Site;

/// Puts version and list in front of the worker's source.
pub(super) fn write(source: &str, version: &str, site: &Site) -> Vec<u8> {
    let list = serde_json::json!(addresses(site));
    format!("const VERSION = \"{version}\";\nconst PRECACHE = {list};\n{source}").into_bytes()
}

/// Everything there is, so that the app never finds something missing offline.
fn addresses(site: &Site) -> Vec<String> {
    site.files().map(|(name, _)| if name == "index.html" { "/".to_owned() } else { format!("/{name}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_keeps_every_file_and_knows_the_page_by_its_root() {
        let mut site = Site::default();
        site.add("index.html", Vec::new());
        let script = site.add_asset("app.js", Vec::new());
        let worker = String::from_utf8(write("go();", "v1", &site)).expect("it is made of strings");
        assert_eq!(worker, format!("const VERSION = \"v1\";\nconst PRECACHE = [\"{script}\",\"/\"];\ngo();"));
    }
}
