package dev.noether.model.alarm;

/** Whether an alarm budget is for each entity or for all entities together. */
public enum BudgetScope {
    /** The budget is for each entity. */
    EACH_ENTITY,
    /** The budget is for all entities together. */
    ALL_ENTITIES
}
