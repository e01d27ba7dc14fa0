//! The designer: pipelines, stages, key activities, criteria and their conditions.

use crate::pipeline::file::{MAX_BYTES, PipelineFileError};

phrases! {
    all_of_these() { zh: "全部满足", en: "All of these" }
    any_of_these() { zh: "满足任一", en: "Any of these" }
    opposite() { zh: "取反", en: "Not" }
    add_clause() { zh: "＋ 条件", en: "+ Condition" }
    add_group() { zh: "＋ 一组条件", en: "+ Group" }
    remove_clause() { zh: "删除这个条件", en: "Remove this condition" }
    remove_group() { zh: "删除这组条件", en: "Remove this group" }
    group_of_conditions() { zh: "一组条件", en: "Group of conditions" }
    clause_field() { zh: "字段", en: "Field" }
    clause_comparison() { zh: "比较", en: "Comparison" }
    clause_value() { zh: "值", en: "Value" }
    clause_lines() { zh: "产品合计", en: "Products" }
    clause_unfinished() { zh: "还缺一个能读懂的值", en: "It lacks a value that can be read" }
    pipelines() { zh: "管道", en: "Pipelines" }
    pipelines_hint() {
        zh: "团队怎么卖：阶段、关键活动、关卡条件。改动发布后才生效。",
        en: "How the team sells: stages, key activities, gates. A change takes effect when it is published."
    }
    version_number(n: u32) { zh: "第 {n} 版", en: "Version {n}" }
    never_published() { zh: "未发布", en: "Not published" }
    stages_count(n: usize) { zh: "{n} 个阶段", en: "Stages: {n}" }
    open_deals_count(n: usize) { zh: "{n} 个进行中的商机", en: "Open deals: {n}" }
    archived() { zh: "已停用", en: "Archived" }
    archive_pipeline() { zh: "停用", en: "Archive" }
    unarchive_pipeline() { zh: "重新启用", en: "Use again" }
    pipeline_archived(name: &str) { zh: "「{name}」已停用", en: "“{name}” is archived" }
    pipeline_unarchived(name: &str) { zh: "「{name}」重新启用", en: "“{name}” is in use again" }
    design() { zh: "编辑", en: "Design" }
    copy_pipeline() { zh: "复制", en: "Copy" }
    copy_of(name: &str) { zh: "{name}（副本）", en: "{name} (copy)" }
    export_pipeline() { zh: "导出文件", en: "Export as a file" }
    show_on_board() { zh: "在看板上打开", en: "Show on the board" }
    new_pipeline() { zh: "新建管道", en: "New pipeline" }
    from_template() { zh: "从模板开始；发布之前什么也不会改变", en: "Start from a template; nothing changes until you publish" }
    import_pipeline() { zh: "导入管道文件", en: "Import a pipeline file" }
    pipeline_known(name: &str) {
        zh: "团队已有「{name}」。把文件作为它的下一版，还是另存一份副本？",
        en: "The team has “{name}” already. Is the file its next version, or a copy beside it?"
    }
    as_next_version() { zh: "作为下一版打开", en: "Open as its next version" }
    as_copy() { zh: "作为副本打开", en: "Open as a copy" }
    brings_fields(names: &str) {
        zh: "文件里的条件用到团队没有的字段：{names}。会先添加它们。",
        en: "Its conditions ask for fields that the team lacks: {names}. They are added first."
    }
    pipeline_file_large(kib: usize) { zh: "管道文件不会超过 {kib} KiB；请换一个文件", en: "A pipeline file has {kib} KiB at most; choose another file" }
    pipeline_file_other() {
        zh: "这不是管道文件；请选择从「导出文件」得到的 .json 文件",
        en: "This is not a pipeline file; choose the .json file that “Export as a file” made"
    }
    pipeline_file_newer(version: u64) {
        zh: "文件由更新版本的 Sluice 写成（格式 {version}）；请先更新本应用",
        en: "A newer Sluice wrote this file (format {version}); update this app first"
    }
    pipeline_file_damaged(part: &str) { zh: "文件有一处读不出来：{part}；请重新导出", en: "A part of the file cannot be read: {part}; export it again" }
    pipeline_missing() { zh: "没有这条管道，或它还没有发布", en: "There is no such pipeline, or it was not published" }
    to_pipelines() { zh: "全部管道", en: "All pipelines" }
    leave_draft() { zh: "有还没发布的改动，离开后会丢失。要离开吗？", en: "Changes that are not published will be lost. Leave?" }
    in_chinese(what: &str) { zh: "{what}（中文）", en: "{what} (Chinese)" }
    in_english(what: &str) { zh: "{what}（英文）", en: "{what} (English)" }
    pipeline_name() { zh: "管道名称", en: "Pipeline name" }
    stage_name() { zh: "阶段名称", en: "Stage name" }
    stage_purpose() { zh: "目的", en: "Purpose" }
    stage_probability() { zh: "赢单概率 %", en: "Probability, %" }
    stage_stalled() { zh: "几天没动静算停滞", en: "Stalled after days" }
    stage_override() { zh: "谁可以放行", en: "Who may override" }
    nobody_may() { zh: "没有人", en: "Nobody" }
    move_skip() { zh: "跳过阶段", en: "Skipping stages" }
    move_back() { zh: "退回", en: "Moving back" }
    legal_moves() { zh: "允许的移动", en: "Legal moves" }
    key_activities() { zh: "关键活动", en: "Key activities" }
    exit_criteria() { zh: "关卡条件", en: "Exit criteria" }
    add_stage() { zh: "＋ 阶段", en: "+ Stage" }
    add_activity() { zh: "＋ 关键活动", en: "+ Key activity" }
    add_criterion() { zh: "＋ 关卡条件", en: "+ Criterion" }
    activity_what() { zh: "做什么", en: "What is done" }
    activity_kind() { zh: "方式", en: "Kind" }
    activity_due_after() { zh: "进入阶段后几天内", en: "Days after entering" }
    activity_mandatory() { zh: "必做：不做完不能离开这个阶段", en: "Mandatory: nothing leaves the stage before" }
    mandatory() { zh: "必做", en: "Mandatory" }
    within_days(n: u16) { zh: "{n} 天内", en: "within {n} d" }
    criterion_name() { zh: "条件名称", en: "Criterion name" }
    criterion_weight() { zh: "必需还是建议", en: "Required or advised" }
    criterion_kind() { zh: "怎样算满足", en: "Met by" }
    by_fields() { zh: "字段符合条件", en: "Fields of the deal" }
    by_activity() { zh: "完成关键活动", en: "A key activity that was done" }
    by_evidence() { zh: "客户的凭证", en: "Evidence from the customer" }
    by_approval() { zh: "有人批准", en: "An approval" }
    which_activity() { zh: "哪个关键活动", en: "Which key activity" }
    least_role() { zh: "至少由谁批准", en: "Approved at least by" }
    stage_sum(activities: usize, criteria: usize) {
        zh: "{activities} 个活动 · {criteria} 个条件",
        en: "Activities: {activities} · criteria: {criteria}"
    }
    unnamed() { zh: "还没有名称", en: "No name yet" }
    move_up(what: &str) { zh: "上移「{what}」", en: "Move “{what}” up" }
    move_down(what: &str) { zh: "下移「{what}」", en: "Move “{what}” down" }
    moved_to_place(what: &str, n: usize) { zh: "「{what}」现在是第 {n} 个", en: "“{what}” is number {n} now" }
    remove_stage() { zh: "删除这个阶段", en: "Remove this stage" }
    remove_activity() { zh: "删除这个活动", en: "Remove this activity" }
    remove_criterion() { zh: "删除这个条件", en: "Remove this criterion" }
    was_removed() { zh: "已删除", en: "Removed" }
    only_stage() { zh: "管道至少要有一个阶段", en: "A pipeline has at least one stage" }
    where_deals_go(stage: &str) { zh: "「{stage}」的商机移到哪里？", en: "Where do the deals of “{stage}” go?" }
    earlier_stage() { zh: "更早版本的阶段", en: "A stage of an earlier version" }
    gone_stages() { zh: "去掉的阶段", en: "Stages that are gone" }
    unpublished() { zh: "有未发布的改动", en: "Unpublished changes" }
    all_published() { zh: "没有改动", en: "No changes" }
    discard_changes() { zh: "放弃改动", en: "Discard changes" }
    publish() { zh: "发布…", en: "Publish…" }
    publish_version(n: u32) { zh: "发布第 {n} 版", en: "Publish version {n}" }
    published_version(n: u32) { zh: "已发布第 {n} 版", en: "Version {n} is published" }
    moving_deals(done: usize, all: usize) { zh: "正在移动商机 {done} / {all}", en: "Moving deals: {done} of {all}" }
    not_moved(n: usize) { zh: "{n} 个商机没有移动，仍按去处显示", en: "Deals that could not be moved: {n}; they are shown where they belong" }
    faults_left(n: usize) { zh: "还有 {n} 处要改", en: "To be changed: {n}" }
    fault_at(place: &str, why: &str) { zh: "「{place}」：{why}", en: "“{place}”: {why}" }
    nothing_fails() { zh: "没有商机会因此不再满足关卡", en: "No deal newly fails a gate" }
    would_fail(n: usize) { zh: "{n} 个商机会不再满足关卡", en: "Deals that would newly fail a gate: {n}" }
    fail_in_stage(n: usize) { zh: "{n} 个出不了这个阶段", en: "held in the stage: {n}" }
    fail_beyond(n: usize) { zh: "{n} 个已走过，关卡会重开", en: "gate opens again: {n}" }
    deals_move(n: usize, stage: &str) { zh: "{n} 个商机移到「{stage}」", en: "Deals that move to “{stage}”: {n}" }
    published_at_once() {
        zh: "两个人同时发布了这条管道；现在用的是这一版，另一版也保留着",
        en: "Two people published this pipeline at once; this version is in use, and the other is kept"
    }
    adopt_other() { zh: "采用另一版", en: "Adopt the other" }
    keep_ours() { zh: "保留这一版", en: "Keep this one" }
    published_meanwhile(n: u32) {
        zh: "你编辑时，有人发布了第 {n} 版",
        en: "While you were editing, somebody published version {n}"
    }
    take_theirs() { zh: "用新版，放弃我的改动", en: "Take it and drop my changes" }
    keep_mine() { zh: "在我的改动上继续", en: "Go on with my changes" }
    may_not_design() { zh: "只有经理和所有者能改管道；你可以查看", en: "Managers and owners change pipelines; you can look" }
    drag_to_order() { zh: "拖动排序", en: "Drag to reorder" }
    unknown_field_name() { zh: "已不存在的字段", en: "A field that is gone" }
}

impl super::Lang {
    /// Why a file is not a pipeline.
    pub fn pipeline_file_error(self, error: &PipelineFileError) -> String {
        match error {
            PipelineFileError::TooLarge => self.pipeline_file_large(MAX_BYTES / 1024),
            PipelineFileError::Format => self.pipeline_file_other().to_owned(),
            PipelineFileError::Newer(version) => self.pipeline_file_newer(*version),
            PipelineFileError::Damaged(part) => self.pipeline_file_damaged(part),
        }
    }
}
