package dev.noether.incident.tracker;

import org.jspecify.annotations.Nullable;

/** Says whether an entity's silence is to be borne, such as during maintenance. */
@FunctionalInterface
public interface SilenceSuppression {
    /** Never. */
    SilenceSuppression NONE = (entity, time) -> null;

    /** The reason why silence at an event time must not wake anybody; null where it may. */
    @Nullable
    String reason(String entity, long time);
}
