package dev.noether.model.alarm;

/** Among whom an alarm budget is shared out. */
public enum BudgetScope {
    /** Each entity has the whole of it. */
    EACH_ENTITY,
    /** All entities share it. */
    ALL_ENTITIES
}
