//! What the law talks about: no reading, no YAML, no HTML.
//!
//! | type | Vietnamese term | clause |
//! |---|---|---|
//! | [`Agency`] | cơ quan | QĐ 19/2014/QĐ-TTg, Điều 2 |
//! | [`QualitySystem`] | hệ thống quản lý chất lượng (HTQLCL) | QĐ 19/2014 Điều 1; TT 26/2014/TT-BKHCN Điều 6 |
//! | [`Declaration`] | bản công bố (quyết định công bố) | QĐ 19/2014 Điều 4 khoản 3, Phụ lục I |
//! | [`Posting`] | bản niêm yết tại trụ sở | QĐ 19/2014 Điều 4 khoản 3 |
//! | [`AdministrativeProcedure`] | thủ tục hành chính (TTHC) | NĐ 63/2010/NĐ-CP Điều 8 |
//! | [`WorkProcess`] | quy trình xử lý công việc | TT 26/2014 Điều 41 khoản 6 |
//! | [`ControlledDocument`] | tài liệu nội bộ | ISO 9001, 7.5.3 |
//! | [`QualityPolicy`], [`Objective`] | chính sách, mục tiêu chất lượng | ISO 9001, 5.2 và 6.2 |
//! | [`Reviews`] | đánh giá nội bộ, xem xét của lãnh đạo | QĐ 19/2014 Điều 4 khoản 4 điểm b |
//! | [`Results`] | kết quả giải quyết hồ sơ | TT 26/2014 Điều 36 |
//! | [`Inspection`] | kiểm tra | TT 26/2014 Điều 33–38 |
//! | [`LegalDocument`] | văn bản quy phạm pháp luật | QĐ 19/2014 Điều 4 khoản 4 điểm a |
//! | [`Standard`], [`Framework`] | tiêu chuẩn, mô hình khung | QĐ 19/2014 Điều 4, Điều 5 |
//! | [`Deadline`] | thời hạn theo quy định | QĐ 19/2014 Điều 4 khoản 4 |
//! | [`DueDate`], [`LegalChange`] | việc đến hạn, thay đổi của văn bản pháp luật | QĐ 19/2014 Điều 4 khoản 4 |
//! | [`Approval`] | tài liệu đã phê duyệt | ISO 9001, 7.5.3 |

mod administrative_procedure;
mod agency;
mod annex;
mod approval;
mod declaration;
mod document;
mod due;
mod federation;
mod id;
mod inspection;
mod legal_change;
mod living;
mod markdown;
mod objective;
mod part;
mod posting;
mod reference;
mod register;
mod review;
mod text;
pub mod vocabulary;
mod working_day;

pub use administrative_procedure::*;
pub use agency::*;
pub use annex::*;
pub use approval::*;
pub use declaration::*;
pub use document::*;
pub use due::*;
pub use federation::*;
pub use id::*;
pub use inspection::*;
pub use legal_change::*;
pub use living::*;
pub use markdown::*;
pub use objective::*;
pub use posting::*;
pub use reference::*;
pub use register::*;
pub use review::*;
pub use text::*;

/// A calendar date without time or zone.
pub type Date = jiff::civil::Date;
