//! What a page tells machines about itself, in the words of schema.org: the page, the way to it, and the agency or
//! the procedure it is about. A declaration is the agency's own word: nothing here may speak of a certification.

use anyhow::Result;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::page::Head;
use super::shell::Owner;
use super::site::Site;
use super::{json, path};
use crate::domain::{AdministrativeProcedure, Agency, AgencyId, Date, ProcedureCode};

/// What a page is about.
#[derive(Debug, Clone)]
pub(super) enum About {
    Nothing,
    Agency(AgencyId),
    /// A procedure, as an agency does it or wherever it is done.
    Procedure {
        code: ProcedureCode,
        agency: Option<AgencyId>,
    },
}

/// JSON for a script element, and the source that a content security policy lets it in by.
pub(super) struct Block {
    pub json: String,
    pub source: String,
}

/// A thing of a type of schema.org.
#[derive(Serialize)]
struct Thing<T> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(flatten)]
    facts: T,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WebPage<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "is_missing")]
    url: Option<String>,
    in_language: &'static str,
    #[serde(skip_serializing_if = "is_missing")]
    date_modified: Option<Date>,
    is_part_of: Thing<WebSite<'a>>,
    #[serde(skip_serializing_if = "is_missing")]
    breadcrumb: Option<Thing<Breadcrumbs<'a>>>,
    #[serde(skip_serializing_if = "is_missing")]
    main_entity: Option<Entity<'a>>,
}

#[derive(Serialize)]
struct WebSite<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "is_missing")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Breadcrumbs<'a> {
    item_list_element: Vec<Thing<Step<'a>>>,
}

#[derive(Serialize)]
struct Step<'a> {
    position: usize,
    name: &'a str,
    #[serde(skip_serializing_if = "is_missing")]
    item: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Entity<'a> {
    Organisation(Thing<Organisation<'a>>),
    Service(Thing<Service<'a>>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Organisation<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "is_missing")]
    alternate_name: Option<&'a str>,
    #[serde(skip_serializing_if = "is_missing")]
    url: Option<String>,
    #[serde(skip_serializing_if = "is_missing")]
    telephone: Option<&'a str>,
    #[serde(skip_serializing_if = "is_missing")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "is_missing")]
    address: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Service<'a> {
    name: &'a str,
    identifier: Thing<Identifier<'a>>,
    category: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    audience: Vec<Thing<Audience<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    service_output: Vec<Thing<Named<'a>>>,
    #[serde(skip_serializing_if = "is_missing")]
    provider: Option<Thing<Organisation<'a>>>,
}

#[derive(Serialize)]
struct Identifier<'a> {
    #[serde(rename = "propertyID")]
    property_id: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Audience<'a> {
    audience_type: &'a str,
}

#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
}

/// What a page says about itself.
pub(super) fn block(site: &Site<'_>, head: &Head, owner: &Owner) -> Result<Block> {
    let base_url = &site.config.base_url;
    let page = WebPage {
        context: "https://schema.org",
        kind: "WebPage",
        name: &head.title,
        url: address(site, &head.folder),
        in_language: site.theme.words(head.lang).code(),
        date_modified: head.updated_on,
        is_part_of: Thing { kind: "WebSite", facts: WebSite { name: &site.config.title, url: Some(base_url.as_str()).filter(|url| !url.is_empty()) } },
        breadcrumb: (!head.crumbs.is_empty()).then(|| breadcrumbs(site, head)),
        main_entity: entity(site, &head.about, owner),
    };
    let json = json::for_script(&page)?;
    let source = format!("sha256-{}", base64(&Sha256::digest(&json)));
    Ok(Block { json, source })
}

/// The way to the page; the last step is the page itself and needs no address.
fn breadcrumbs<'a>(site: &Site<'_>, head: &'a Head) -> Thing<Breadcrumbs<'a>> {
    let before = head.crumbs.iter().map(|crumb| (crumb.title.as_str(), address(site, &crumb.href)));
    let steps = before.chain([(head.title.as_str(), None)]);
    let item_list_element = (1..).zip(steps).map(|(position, (name, item))| Thing { kind: "ListItem", facts: Step { position, name, item } }).collect();
    Thing { kind: "BreadcrumbList", facts: Breadcrumbs { item_list_element } }
}

fn entity<'a>(site: &Site<'a>, about: &About, owner: &'a Owner) -> Option<Entity<'a>> {
    match about {
        About::Nothing => None,
        About::Agency(id) => Some(Entity::Organisation(organisation(site, site.register.agencies.get(id)?))),
        About::Procedure { code, agency } => {
            let provider = agency.as_ref().and_then(|id| site.register.agencies.get(id)).map(|agency| provider(site, agency, owner));
            Some(Entity::Service(service(site.register.administrative_procedures.get(code)?, provider)))
        }
    }
}

fn organisation<'a>(site: &Site<'_>, agency: &'a Agency) -> Thing<Organisation<'a>> {
    let facts = Organisation {
        name: &agency.name,
        alternate_name: agency.short_name.as_deref(),
        url: address(site, &path::page(&site.agency_folder(agency))),
        telephone: agency.phone.as_deref(),
        email: agency.email.as_deref(),
        address: agency.address.as_deref(),
    };
    Thing { kind: "GovernmentOrganization", facts }
}

/// The agency on the page of a procedure: by name and address of its own page, where the rest stands.
fn provider<'a>(site: &Site<'_>, agency: &Agency, owner: &'a Owner) -> Thing<Organisation<'a>> {
    let url = address(site, &path::page(&site.agency_folder(agency)));
    let facts = Organisation { name: &owner.name, alternate_name: None, url, telephone: None, email: None, address: None };
    Thing { kind: "GovernmentOrganization", facts }
}

fn service<'a>(procedure: &'a AdministrativeProcedure, provider: Option<Thing<Organisation<'a>>>) -> Thing<Service<'a>> {
    let facts = Service {
        name: &procedure.name,
        identifier: Thing { kind: "PropertyValue", facts: Identifier { property_id: "dichvucong.gov.vn", value: procedure.code.as_str() } },
        category: procedure.field.trim(),
        audience: procedure.applicants.iter().map(|applicant| Thing { kind: "Audience", facts: Audience { audience_type: applicant } }).collect(),
        service_output: procedure.results.iter().map(|result| Thing { kind: "Thing", facts: Named { name: result } }).collect(),
        provider,
    };
    Thing { kind: "GovernmentService", facts }
}

/// The address of a page, as it is listed: that of its folder.
fn address(site: &Site<'_>, href: &str) -> Option<String> {
    let base_url = &site.config.base_url;
    (!base_url.is_empty()).then(|| format!("{base_url}{}", href.strip_suffix("index.html").unwrap_or(href)))
}

fn is_missing<T>(value: &Option<T>) -> bool {
    value.is_none()
}

/// Bytes as a content security policy writes them.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let is_padding = at > three.len();
            text.push(if is_padding { '=' } else { char::from(LETTERS[(bits >> (18 - 6 * at)) as usize & 63]) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_known_texts() {
        let known = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("~?>", "fj8+")];
        for (text, expected) in known {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }
}
