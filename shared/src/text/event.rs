//! Names of commands, as timelines tell them.

use super::Lang;

impl Lang {
    /// What somebody did, by the name of the command; an unknown name is shown as it is.
    pub fn event(self, command: &str) -> String {
        let (zh, en) = match command {
            "open_deal" => ("新建商机，阶段", "Opened the deal in"),
            "rename_deal" => ("改名为", "Renamed it"),
            "price_deal" => ("金额改为", "Set the amount"),
            "expect_deal" => ("预计成交日改为", "Set the expected close"),
            "assign_deal" => ("负责人改为", "Assigned it"),
            "link_deal" => ("客户设为", "Set the customer"),
            "move_deal" => ("移到", "Moved it to"),
            "win_deal" => ("赢单", "Won it"),
            "lose_deal" => ("输单", "Lost it"),
            "reopen_deal" => ("重新打开", "Reopened it"),
            "discard_deal" => ("撤回商机", "Took the deal back"),
            "restore_deal" => ("恢复商机", "Restored the deal"),
            "override_gate" => ("放行关卡", "Overrode the gate of"),
            "hold_gate" => ("收回放行", "Took back the override of"),
            "withdraw_request" => ("收回批准请求", "Took back the request for approval of"),
            "approve" => ("批准", "Approved"),
            "record_evidence" => ("记录凭证", "Recorded evidence for"),
            "withdraw_evidence" => ("撤回凭证", "Withdrew evidence for"),
            "restore_evidence" => ("恢复凭证", "Restored evidence for"),
            "plan_activity" => ("计划活动", "Planned"),
            "log_activity" => ("记录活动", "Logged"),
            "finish_activity" => ("完成活动", "Finished"),
            "describe_activity" => ("补充活动内容", "Said more about"),
            "unfinish_activity" => ("改为未完成", "Set back to planned"),
            "classify_deal" => ("预测类别改为", "Set the forecast category"),
            "put_line" => ("产品", "Put a product"),
            "remove_line" => ("删除产品", "Took a product off"),
            "request_approval" => ("请求批准", "Asked for approval of"),
            "decline" => ("不批准", "Declined"),
            "reschedule_activity" => ("改期", "Rescheduled"),
            "cancel_activity" => ("取消活动", "Called off"),
            "notify" => ("通知", "Notified"),
            "see_notice" => ("已看通知", "Saw a notice"),
            "set_field" => ("填写字段", "Filled in"),
            "add_company" => ("新建客户", "Added the company"),
            "rename_company" => ("客户改名为", "Renamed it"),
            "describe_company" => ("更新资料", "Updated"),
            "discard_company" => ("撤回客户", "Took the company back"),
            "restore_company" => ("恢复客户", "Restored the company"),
            "merge_company" => ("合并到", "Merged it into"),
            "unmerge_company" => ("取消合并", "Took the merge back"),
            "put_contact" => ("更新联系人", "Updated a contact"),
            "discard_contact" => ("撤回联系人", "Took a contact back"),
            "merge_contact" => ("合并联系人", "Merged a contact"),
            "unmerge_contact" => ("取消合并联系人", "Took a contact’s merge back"),
            "add_lead" => ("新建线索", "Added the lead"),
            "describe_lead" => ("更新线索", "Updated the lead"),
            "assign_lead" => ("负责人改为", "Assigned it"),
            "convert_lead" => ("转为商机", "Turned it into a deal"),
            "dismiss_lead" => ("放弃线索", "Dismissed it"),
            "revive_lead" => ("重新跟进", "Revived it"),
            _ => return command.to_owned(),
        };
        match self {
            Self::Zh => zh.to_owned(),
            Self::En => en.to_owned(),
        }
    }
}
