//! Names of commands, as a deal's timeline tells them.

use super::Lang;

impl Lang {
    /// What somebody did, by the name of the command; an unknown name is shown as it is.
    pub fn event(self, command: &str) -> String {
        let (zh, en) = match command {
            "open_deal" => ("新建商机", "Opened the deal"),
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
            "approve" => ("批准", "Approved"),
            "record_evidence" => ("记录凭证", "Recorded evidence for"),
            "withdraw_evidence" => ("撤回凭证", "Withdrew evidence for"),
            "plan_activity" => ("计划活动", "Planned"),
            "log_activity" => ("记录活动", "Logged"),
            "finish_activity" => ("完成活动", "Finished"),
            "unfinish_activity" => ("改为未完成", "Set back to planned"),
            _ => return command.to_owned(),
        };
        match self {
            Self::Zh => zh.to_owned(),
            Self::En => en.to_owned(),
        }
    }
}
