"""The shape of `company.yaml` and `workflow.yaml`."""

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.company.scalars import Amount, Count, Day, Length, Moment, Shift, Variable, Weekday, Words, Yes, Zone

NO = ("no", "false")
"""How a company says that it does without; a scalar stays the words that stand there."""


class Strict(BaseModel):
    """Nothing unknown passes."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _absent(cls, said: object) -> object:
        # A known key with nothing behind it is as good as absent; an unknown one is still a mistake.
        if not isinstance(said, dict):
            return said
        return {key: value for key, value in said.items() if value is not None or key not in cls.model_fields}


class HoursModel(Strict):
    """When the company works."""

    shifts: list[Shift] = Field(min_length=1)
    weekdays: list[Weekday] = Field(default=[1, 2, 3, 4, 5], min_length=1)
    public_holidays: Yes = True
    closed: list[Day] = []
    open: list[Day] = []


class WayModel(Strict):
    """One way of reaching a group; `console` alone is short for `kind: console`."""

    kind: Words
    webhook_env: Variable | None = None
    chat: Words | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, said: object) -> object:
        return {"kind": said} if isinstance(said, str) else said


class GroupModel(Strict):
    """A department's chat group and who belongs to it."""

    name: Words
    ways: list[WayModel] = []
    roles: list[Words] = []
    departments: list[Words] = []
    members: list[Words] = []


class DailyModel(Strict):
    """A summary on working days, or on the first working day of the month."""

    at: Moment | None = None
    to: Words | None = None


class WeeklyModel(DailyModel):
    """A summary on one day of the week."""

    weekday: Weekday = 1


class ReportsModel(Strict):
    """Summaries told unasked; None: not this one."""

    daily: DailyModel | None = DailyModel()
    weekly: WeeklyModel | None = WeeklyModel()
    monthly: DailyModel | None = DailyModel()
    reconcile: DailyModel | None = DailyModel()

    @field_validator("*", mode="before")
    @classmethod
    def _off(cls, said: object) -> object:
        return None if said in NO else said


class LimitsModel(Strict):
    """Bounds of what is believed without a question."""

    max_quantity: Amount | None = None
    max_amount: Amount | None = None
    price_tolerance: Amount | None = None
    absurd_price_factor: Amount | None = None
    habit_factor: Amount | None = None
    duplicate_window: Length | None = None
    draft_lives: Length | None = None
    undo_window: Length | None = None


class TargetsModel(Strict):
    """What reports are measured against."""

    cycle: Length | None = None
    accuracy: Amount | None = None
    satisfaction: Amount | None = None


class CompanyModel(Strict):
    """`company.yaml`."""

    name: Words
    hours: HoursModel
    groups: dict[str, GroupModel] = Field(min_length=1)
    bot: Words = "跟单助手"
    zone: Zone = Field(default="Asia/Shanghai", validate_default=True)
    people: list[Words] = ["console"]
    quiet_hours: Yes = True
    reports: ReportsModel = ReportsModel()
    limits: LimitsModel = LimitsModel()
    targets: TargetsModel = TargetsModel()

    @field_validator("reports", mode="before")
    @classmethod
    def _no_reports(cls, said: object) -> object:
        return dict.fromkeys(ReportsModel.model_fields, said) if said in NO else said


class RungModel(Strict):
    """One rung of a ladder: so long after the step was entered, or before its limit."""

    tell: Words
    after: Length | None = None
    before: Length | None = None
    every: Length | None = None
    times: Count = 1
    ack: Length | None = None


class StepModel(Strict):
    """One step of an order's life."""

    name: Words
    kind: Words
    roles: list[Words] = []
    group: Words | None = None
    limit: Length | None = None
    next: Words | None = None
    ladder: list[RungModel] = []
    guide: Words | None = None


class TierModel(Strict):
    """Orders up to so many yuan need so many reviewers."""

    name: Words
    reviewers: Count
    up_to: Amount | None = None
    roles: list[Words] = []


class ConditionsModel(Strict):
    """Which orders a rule of assignment is about; every one given must hold, one value of each is enough."""

    step: list[Words] = []
    customer_type: list[Words] = []
    region: list[Words] = []
    line: list[Words] = []
    warehouse: list[Words] = []
    above: Amount | None = None
    up_to: Amount | None = None


class AssignModel(Strict):
    """Whose such an order is: a person's, or one's with a role."""

    when: ConditionsModel = ConditionsModel()
    person: Words | None = None
    role: Words | None = None
    by: Words = "turn"


class WorkflowModel(Strict):
    """`workflow.yaml`."""

    roles: dict[str, Words]
    steps: dict[str, StepModel]
    tiers: list[TierModel] = Field(min_length=1)
    permissions: dict[str, list[Words]] = {}
    assign: list[AssignModel] = []
