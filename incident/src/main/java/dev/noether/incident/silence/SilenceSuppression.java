package dev.noether.incident.silence;

import org.jspecify.annotations.Nullable;

/** Decides whether the silence of an entity must not alert anybody, for example during maintenance. */
@FunctionalInterface
public interface SilenceSuppression {
    /** Suppresses no silence. */
    SilenceSuppression NONE = (entity, time) -> null;

    /** Returns the reason why silence at an event time must not alert anybody; null if it may. */
    @Nullable
    String reason(String entity, long time);
}
