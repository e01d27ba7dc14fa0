//! What headers and values of other systems suggest.

use std::sync::Arc;

use super::world::{table, workspace};
use crate::id::{PipelineId, StageId};
use crate::import::{Dates, Decimal, Mapping, Status, Target, guess, values};
use crate::pipeline::{Pipeline, b2b};

fn of(text: &str) -> Mapping {
    guess(&table(text.as_bytes()), &workspace())
}

/// `meaning=column` for each column that was recognised, in the order of the mapping.
fn columns(mapping: &Mapping) -> String {
    let columns = &mapping.columns;
    let title = (!columns.title.is_empty()).then(|| columns.title.join("+"));
    let named = [
        ("id", &columns.id),
        ("title", &title),
        ("company", &columns.company),
        ("owner", &columns.owner),
        ("amount", &columns.amount),
        ("currency", &columns.currency),
        ("stage", &columns.stage),
        ("status", &columns.status),
        ("expected", &columns.expected),
        ("closed", &columns.closed),
        ("created", &columns.created),
        ("lost", &columns.lost_reason),
    ];
    let named = named.iter().filter_map(|(meaning, name)| Some(format!("{meaning}={}", name.as_ref()?)));
    named.collect::<Vec<_>>().join(" | ")
}

#[track_caller]
fn check(header: &str, expected: &str) {
    assert_eq!(columns(&of(&format!("{header}\n"))), expected);
}

#[test]
fn the_headers_of_each_system_are_recognised() {
    check(
        "Deal - Title,Deal - Value,Organization*,Contact person*,Deal - Owner,Deal - Stage (pipeline),\
         Deal - Expected close date,Deal - Currency of value,Deal - Creation date,Deal - Closed on,Deal - Lost reason,\
         Deal - Lost time,Deal - Probability,Deal - Status,Deal - Won time,Deal - Pipedrive System ID",
        "id=Deal - Pipedrive System ID | title=Deal - Title | company=Organization* | owner=Deal - Owner | \
         amount=Deal - Value | currency=Deal - Currency of value | stage=Deal - Stage (pipeline) | status=Deal - Status | \
         expected=Deal - Expected close date | closed=Deal - Closed on | created=Deal - Creation date | \
         lost=Deal - Lost reason",
    );
    check(
        "Id,IsDeleted,AccountId,Name,Description,StageName,Amount,Probability,ExpectedRevenue,CloseDate,OwnerId,CreatedDate",
        "id=Id | title=Name | amount=Amount | stage=StageName | expected=CloseDate | created=CreatedDate",
    );
    check(
        "deal_id,is_deleted,deal_pipeline_id,deal_pipeline_stage_id,owner_id,property_dealname,property_amount,\
         property_closedate,property_createdate",
        "id=deal_id | title=property_dealname | amount=property_amount | stage=deal_pipeline_stage_id | \
         expected=property_closedate | created=property_createdate",
    );
    check(
        "Opportunity,Customer,Contact Name,Email,Phone,City,State,Country,Sales Person,Sales Team,Priority,Deadline,Stage",
        "title=Opportunity | company=Customer | owner=Sales Person | stage=Stage | expected=Deadline",
    );
    check(
        "商机名称,所属事业部,指标类型,所属年度,所属季度,预计金额（万元）,商机阶段,商机状态,预计达成时间,备注",
        "title=商机名称 | amount=预计金额（万元） | stage=商机阶段 | status=商机状态 | expected=预计达成时间",
    );
    check(
        "Verkaufschance;Firma;Phase;Betrag;Wahrscheinlichkeit (%);Abschlussdatum;Erstelldatum;Inhaber",
        "title=Verkaufschance | company=Firma | owner=Inhaber | amount=Betrag | stage=Phase | \
         expected=Abschlussdatum | created=Erstelldatum",
    );
}

#[test]
fn the_sample_of_each_system_is_recognised() {
    let of = |bytes: &[u8]| guess(&table(bytes), &workspace());
    let salesforce = of(include_bytes!("../../../tests/data/import/salesforce_report_style.csv"));
    assert_eq!(
        columns(&salesforce),
        "title=Opportunity Name | company=Account Name | owner=Opportunity Owner | amount=Amount | stage=Stage | \
         expected=Close Date | created=Created Date"
    );
    assert_eq!((salesforce.dates, salesforce.stages.len()), (Dates::MonthFirst, 5));
    let hubspot = of(include_bytes!("../../../tests/data/import/hubspot_ui_style.csv"));
    assert_eq!(
        columns(&hubspot),
        "id=Record ID | title=Deal Name | company=Associated Company | owner=Deal owner | amount=Amount | \
         stage=Deal Stage | expected=Close Date | created=Create Date"
    );
    let dynamics = of(include_bytes!("../../../tests/data/import/dynamics_style.csv"));
    assert_eq!(
        columns(&dynamics),
        "id=(Do Not Modify) Opportunity | title=Topic | company=Account | owner=Owner | amount=Est. Revenue | \
         stage=Pipeline Phase | status=Status | expected=Est. Close Date | closed=Actual Close Date | created=Created On"
    );
    assert_eq!(dynamics.statuses["Open"], Status::Open);
    let pipedrive = of(include_bytes!("../../../tests/data/import/pipedrive_sample_style.csv"));
    assert_eq!(columns(&pipedrive), "title=Deal - Title | company=Organization - Name* | amount=Deal - Value");
}

#[test]
fn stage_lists_of_other_systems_find_their_places() {
    let pipeline = b2b();
    let places = |list: &str| {
        let mapping =
            of(&format!("name,stage\n{}\n", list.split(' ').map(|s| format!("x,{s}")).collect::<Vec<_>>().join("\n")));
        let place = |value: &str| match mapping.stages.get(value) {
            Some(Target::Won) => "w".to_owned(),
            Some(Target::Lost) => "l".to_owned(),
            Some(Target::Stage(id)) => pipeline.index(*id).unwrap().to_string(),
            Some(Target::Named(_)) | None => "?".to_owned(),
        };
        list.split(' ').map(place).collect::<String>()
    };
    assert_eq!(places("Prospecting Engaging Won Lost"), "01wl");
    assert_eq!(places("线索 立项 报价 签约跟进 已完成"), "0124w");
    assert_eq!(places("初步接洽 需求确认 方案报价 商务谈判 赢单 输单"), "0123wl");
    assert_eq!(places("线索 验证 方案 谈判 赢单 丢单"), "0123wl");
    let numbered =
        "01资质审查 02需求分析 03价值建议 04确定决策者 05提案/报价 06谈判/复审 07成交 08丢失的线索 09因竞争丢失关闭";
    assert_eq!(places(numbered), "012223wll");
    assert_eq!(places("发现 评估 报价 谈判 赢单 输单"), "0123wl");
    assert_eq!(places("1-Qualify 2-Develop 3-Propose 4-Close"), "0124");
    assert_eq!(places("Qualified-by-moon"), "?");
}

#[test]
fn numbers_and_dates_are_told_from_all_values() {
    let mapping = of("Deal Name;Amount;Close Date\nx;10.000;03.04.2024\ny;1.234,50;13.04.2024\n");
    assert_eq!((mapping.decimal, mapping.dates), (Decimal::Comma, Dates::DayFirst));
    let mapping = of("Deal Name,Amount,Close Date\nx,\"1,234.50\",3/4/2024\ny,5,3/14/2024\n");
    assert_eq!((mapping.decimal, mapping.dates), (Decimal::Point, Dates::MonthFirst));
    let mapping = of("商机名称,预计金额（万元）\n甲,12.5\n");
    assert_eq!((mapping.currency.code(), mapping.scale), ("CNY", 10_000));
    assert_eq!(of("Deal Name,Amount\nx,€5\n").currency.code(), "EUR");
}

#[test]
fn another_column_or_pipeline_is_guessed_and_what_people_decided_stays() {
    let table = table(b"name,phase,state\nx,Proposal,Won\ny,Mystery,Open\n");
    let (workspace, mut first) = (workspace(), b2b());
    let mut mapping = guess(&table, &workspace);
    assert_eq!(values(&table, Some("phase")), ["Mystery".to_owned(), "Proposal".to_owned()].into());
    mapping.stages.insert("Mystery".to_owned(), Target::Stage(first.stages[1].id));
    mapping.columns.status = Some("state".to_owned());
    mapping.guess_values(&table, &workspace.pipelines);
    assert_eq!(mapping.stages["Mystery"], Target::Stage(first.stages[1].id));
    assert_eq!((mapping.statuses["Won"], mapping.statuses["Open"]), (Status::Won, Status::Open));

    let mut stages = first.stages.split_off(3);
    stages.iter_mut().for_each(|stage| stage.id = StageId::minted(&stage.name.en));
    let other = Pipeline { id: PipelineId::minted("other"), stages, ..first };
    mapping.pipeline = Some(other.id);
    mapping.guess_values(&table, &[(other.id, Arc::new(other.clone()))].into());
    assert_eq!(mapping.stages.get("Mystery"), None, "a stage of another pipeline is decided anew");
    assert!(matches!(mapping.stages["Proposal"], Target::Stage(id) if other.stage(id).is_some()));
}
