//! The cases: each kind of criterion met, unmet, taken back, overridden, and met by the wrong role.

mod fields;

use shared::command::{Command, Context, NewDeal, Origin};
use shared::id::{
    ActivityId, CompanyId, CriterionId, DealId, DeviceId, EvidenceId, KeyActivityId, LineId, MemberId, PipelineId,
    StageId,
};
use shared::model::{
    ActivityKind, Category, EvidenceKind, Field, FileHash, FileKind, FileRef, Outcome, RecordKind, Role,
};
use shared::money::{Currency, Money};
use shared::number::Number;
use shared::pipeline::{
    Comparison, Condition, Criterion, KeyActivity, Leave, Literal, Moves, Pipeline, Rule, Stage, Weight,
};
use shared::refusal::Refusal;
use shared::text::Label;
use shared::time::Timestamp;

/// What the door said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It was carried out.
    Done,
    /// Why not, and the criteria that keep a gate closed.
    Refused(String, Vec<String>),
}

/// One case.
pub(crate) struct Case {
    /// What it is about.
    pub(crate) name: String,
    /// What happened before, after the team was founded.
    pub(crate) given: Vec<(Role, Command)>,
    /// The command that is judged, and who asks for it.
    pub(crate) judged: (Role, Command),
    /// The verdict.
    pub(crate) expect: Verdict,
}

/// A criterion kind: its rule, what meets it and who does, and what takes it away again.
struct Kind {
    name: &'static str,
    rule: Rule,
    meets: Vec<(Role, Command)>,
    loses: (Role, Command),
}

/// What a member is called.
pub(crate) fn name(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Vera",
        Role::Rep => "Rui",
        Role::Manager => "Mei",
        Role::Owner => "Otto",
    }
}

/// The context of a member.
pub(crate) fn context(role: Role) -> Context {
    let now = Timestamp::from_millis(1_790_000_000_000);
    let device = DeviceId::minted("desk");
    Context { member: member(role), device, now, today: now.day(), origin: Origin::Hand }
}

/// Founds the team: the owner first, who takes the others in.
pub(crate) fn team() -> Vec<(Role, Command)> {
    let people = [Role::Owner, Role::Manager, Role::Rep, Role::Viewer];
    let people = people.map(|role| Command::PutMember { member: member(role), name: name(role).to_owned(), role });
    let company = Command::AddCompany { company: acme(), name: "Acme".to_owned(), source: None };
    let fields = RecordKind::ALL.map(|on| Command::DefineField(fields::size(on)));
    people.into_iter().chain([company]).chain(fields).map(|command| (Role::Owner, command)).collect()
}

/// All of them.
pub(crate) fn cases() -> Vec<Case> {
    let of_kinds = kinds().into_iter().chain(fields::kinds()).flat_map(of_kind);
    of_kinds.chain(of_proofs()).chain(of_moves()).chain(of_roles()).collect()
}

fn of_kind(kind: Kind) -> Vec<Case> {
    let Kind { name, rule, meets, loses } = kind;
    let closed = || gate_closed(&[gate()]);
    let case = |what: &str, weight: Weight, given: Vec<(Role, Command)>, judged: Command, expect: Verdict| Case {
        name: format!("{name}, {what}"),
        given: founding(pipeline(rule.clone(), weight, Moves::default())).into_iter().chain(given).collect(),
        judged: (Role::Rep, judged),
        expect,
    };
    let met = || meets.clone();
    let lost = || meets.iter().cloned().chain([loses.clone()]).collect::<Vec<_>>();
    let overridden = vec![(
        Role::Manager,
        Command::OverrideGate { deal: deal(), stage: stage(0), reason: "Known customer".to_owned() },
    )];
    let held = overridden.iter().cloned().chain([(Role::Manager, Command::HoldGate { deal: deal(), stage: stage(0) })]);
    let required = Weight::Required;
    vec![
        case("met", required, met(), advance(1), Verdict::Done),
        case("unmet", required, Vec::new(), advance(1), closed()),
        case("taken back", required, lost(), advance(1), closed()),
        case("overridden", required, overridden.clone(), advance(1), Verdict::Done),
        case("override taken back", required, held.collect(), advance(1), closed()),
        case("advised and unmet", Weight::Advised, Vec::new(), advance(1), Verdict::Done),
        case("unmet and won", required, Vec::new(), Command::WinDeal { deal: deal() }, closed()),
        case("met and won", required, met(), Command::WinDeal { deal: deal() }, Verdict::Done),
        case("unmet and jumped over", required, Vec::new(), advance(2), closed()),
    ]
}

fn kinds() -> Vec<Kind> {
    let (deal, activity, evidence) = (deal(), ActivityId::minted("talk"), EvidenceId::minted("proof"));
    let talk = Command::LogActivity {
        deal,
        activity,
        kind: ActivityKind::Call,
        summary: "Talked".to_owned(),
        key: Some(key()),
    };
    let amount = |minor: i64| Command::PriceDeal { deal, amount: Some(cny(minor)) };
    let line = Command::PutLine {
        deal,
        line: LineId::minted("pump"),
        product: "Pump".to_owned(),
        quantity: Number::whole(2),
        price: cny(250),
    };
    let at_least = |field, value| Rule::Fields(Condition::Compare { field, is: Comparison::AtLeast, value });
    let rep = |command: Command| (Role::Rep, command);
    vec![
        Kind {
            name: "amount",
            rule: at_least(Field::Amount, Literal::Money(cny(500))),
            meets: vec![rep(amount(500))],
            loses: rep(amount(499)),
        },
        Kind {
            name: "products that add up",
            rule: Rule::Fields(Condition::LinesAddUp),
            meets: vec![rep(line), rep(amount(500))],
            loses: rep(amount(600)),
        },
        Kind {
            name: "key activity",
            rule: Rule::KeyActivity(key()),
            meets: vec![rep(talk)],
            loses: rep(Command::UnfinishActivity { deal, activity }),
        },
        Kind {
            name: "evidence",
            rule: Rule::Evidence(EvidenceKind::SignedDocument),
            meets: vec![rep(proof(EvidenceKind::SignedDocument, &[FileKind::Pdf]))],
            loses: rep(Command::WithdrawEvidence { deal, evidence }),
        },
        Kind {
            name: "approval",
            rule: Rule::Approval(Role::Manager),
            meets: vec![(Role::Manager, Command::Approve { deal, criterion: gate() })],
            loses: (Role::Manager, Command::Decline { deal, criterion: gate(), reason: "Too cheap".to_owned() }),
        },
    ]
}

/// A proof for the gate, with a file of each of these kinds.
fn proof(kind: EvidenceKind, files: &[FileKind]) -> Command {
    let file = |kind: &FileKind| FileRef {
        hash: FileHash::of(b"proof"),
        name: "proof".to_owned(),
        kind: *kind,
        size: 5,
        thumbnail: None,
    };
    Command::RecordEvidence {
        deal: deal(),
        evidence: EvidenceId::minted("proof"),
        criterion: gate(),
        kind,
        from: "Ms Lin".to_owned(),
        day: context(Role::Rep).today,
        quote: "Signed".to_owned(),
        files: files.iter().map(file).collect(),
    }
}

/// What each kind of proof takes to be one.
fn of_proofs() -> Vec<Case> {
    use EvidenceKind::{AcceptedMeeting, Photo, SignedDocument, WrittenConfirmation};
    let case = |kind: EvidenceKind, files: &[FileKind], is_shown: bool| Case {
        name: format!("{kind:?} shown by {files:?}"),
        given: founding(pipeline(Rule::Evidence(kind), Weight::Required, Moves::default())),
        judged: (Role::Rep, proof(kind, files)),
        expect: match is_shown {
            true => Verdict::Done,
            false => Verdict::Refused(Refusal::Unshown(kind).to_string(), Vec::new()),
        },
    };
    vec![
        case(WrittenConfirmation, &[], true),
        case(AcceptedMeeting, &[], true),
        case(SignedDocument, &[], false),
        case(SignedDocument, &[FileKind::Image], true),
        case(Photo, &[FileKind::Pdf], false),
        case(Photo, &[FileKind::Image], true),
    ]
}

fn of_moves() -> Vec<Case> {
    let free = || Rule::Fields(Condition::Filled(Field::Title));
    let moves = |skip, back| pipeline(free(), Weight::Required, Moves { skip, back });
    let move_to =
        |index: usize, reason: &str| Command::MoveDeal { deal: deal(), to: stage(index), reason: reason.into() };
    let case = |name: &str, pipeline: Pipeline, first: Option<usize>, judged: Command, expect: Verdict| Case {
        name: name.to_owned(),
        given: founding(pipeline).into_iter().chain(first.map(|index| (Role::Rep, move_to(index, "First")))).collect(),
        judged: (Role::Rep, judged),
        expect,
    };
    let refused = |why: &str| Verdict::Refused(why.to_owned(), Vec::new());
    let (never, reason) = (Leave::Never, Leave::Reason);
    vec![
        case("skipping is free", moves(Leave::Free, never), None, move_to(2, ""), Verdict::Done),
        case(
            "skipping is not legal",
            moves(never, Leave::Free),
            None,
            move_to(2, "In a hurry"),
            refused("the pipeline does not let deals move this way: Skip"),
        ),
        case(
            "skipping takes a reason",
            moves(reason, Leave::Free),
            None,
            move_to(2, " "),
            refused("moving this way takes a reason: Skip"),
        ),
        case(
            "winning early where skipping is not legal",
            moves(never, Leave::Free),
            Some(1),
            Command::WinDeal { deal: deal() },
            refused("the pipeline does not let deals move this way: Win"),
        ),
        case(
            "winning early where skipping takes a reason",
            moves(reason, Leave::Free),
            None,
            Command::WinDeal { deal: deal() },
            refused("the pipeline does not let deals move this way: Win"),
        ),
        case(
            "winning early where skipping is free",
            moves(Leave::Free, never),
            None,
            Command::WinDeal { deal: deal() },
            Verdict::Done,
        ),
        case("skipping with a reason", moves(reason, never), None, move_to(2, "In a hurry"), Verdict::Done),
        case(
            "going back is not legal",
            moves(Leave::Free, never),
            Some(1),
            move_to(0, "Wrong"),
            refused("the pipeline does not let deals move this way: Back"),
        ),
        case("going back with a reason", moves(Leave::Free, reason), Some(1), move_to(0, "Wrong"), Verdict::Done),
        case("moving to where it is", moves(never, never), None, move_to(0, ""), refused("it is so already")),
    ]
}

/// Who may do what a gate needs.
fn of_roles() -> Vec<Case> {
    let approval = || founding(pipeline(Rule::Approval(Role::Manager), Weight::Required, Moves::default()));
    let needs = |role: &str| Verdict::Refused(format!("this takes the role {role}"), Vec::new());
    let case = |name: &str, who: Role, judged: Command, expect: Verdict| Case {
        name: name.to_owned(),
        given: approval(),
        judged: (who, judged),
        expect,
    };
    let over = || Command::OverrideGate { deal: deal(), stage: stage(0), reason: "Known".to_owned() };
    let approve = || Command::Approve { deal: deal(), criterion: gate() };
    vec![
        case("a rep approves", Role::Rep, approve(), needs("Manager")),
        case("a manager approves", Role::Manager, approve(), Verdict::Done),
        case("an owner approves", Role::Owner, approve(), Verdict::Done),
        case("a rep overrides", Role::Rep, over(), needs("Manager")),
        case("a viewer moves", Role::Viewer, advance(1), needs("Rep")),
        case("a viewer wins", Role::Viewer, Command::WinDeal { deal: deal() }, needs("Rep")),
        case(
            "a rep publishes a gate",
            Role::Rep,
            Command::PublishPipeline(pipeline(Rule::Approval(Role::Rep), Weight::Advised, Moves::default())),
            needs("Manager"),
        ),
        case(
            "a rep classifies",
            Role::Rep,
            Command::ClassifyDeal { deal: deal(), category: Some(Category::Commit) },
            Verdict::Done,
        ),
    ]
}

fn founding(pipeline: Pipeline) -> Vec<(Role, Command)> {
    let open = Command::OpenDeal(NewDeal {
        deal: deal(),
        title: "Tide gate".to_owned(),
        company: Some(acme()),
        owner: Some(member(Role::Rep)),
        amount: None,
        close: None,
        pipeline: pipeline.id,
        stage: stage(0),
        created: context(Role::Rep).now,
        outcome: Outcome::Open,
        source: None,
    });
    vec![(Role::Owner, Command::PublishPipeline(pipeline)), (Role::Rep, open)]
}

/// Three stages; the first one's gate asks one thing.
fn pipeline(rule: Rule, weight: Weight, moves: Moves) -> Pipeline {
    let criterion = Criterion { id: gate(), name: Label::new("条件", "Criterion"), weight, rule };
    let mut stages: Vec<Stage> = (0..3).map(empty_stage).collect();
    stages[0].activities =
        vec![KeyActivity { id: key(), kind: ActivityKind::Call, what: Label::new("沟通", "Talk"), due_after: 3 }];
    stages[0].criteria = vec![criterion];
    let id = PipelineId::minted("gate");
    Pipeline { id, name: Label::new("", "Gate"), version: 1, stages, moves, retired: [].into(), archived: false }
}

fn empty_stage(index: usize) -> Stage {
    Stage {
        id: stage(index),
        name: Label::new("", &format!("Stage {index}")),
        purpose: Label::new("", ""),
        probability: 10,
        stalled_after: 10,
        activities: Vec::new(),
        criteria: Vec::new(),
        overridable: Some(Role::Manager),
    }
}

fn gate_closed(criteria: &[CriterionId]) -> Verdict {
    let ids = criteria.iter().map(ToString::to_string).collect();
    Verdict::Refused(format!("the gate is closed: {} criteria are open", criteria.len()), ids)
}

fn advance(index: usize) -> Command {
    Command::MoveDeal { deal: deal(), to: stage(index), reason: String::new() }
}

fn member(role: Role) -> MemberId {
    MemberId::minted(name(role))
}

fn deal() -> DealId {
    DealId::minted("tide")
}

fn acme() -> CompanyId {
    CompanyId::minted("acme")
}

fn gate() -> CriterionId {
    CriterionId::minted("gate")
}

fn key() -> KeyActivityId {
    KeyActivityId::minted("talk")
}

fn stage(index: usize) -> StageId {
    StageId::minted(&format!("stage {index}"))
}

fn cny(minor: i64) -> Money {
    Money { minor, currency: Currency::CNY }
}
