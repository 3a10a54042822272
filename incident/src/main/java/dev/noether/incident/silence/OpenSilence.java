package dev.noether.incident.silence;

import org.jspecify.annotations.Nullable;

/**
 * A silence that was reported and is not over.
 *
 * @param suppressed reason why the silence must not alert anybody; null if it may
 */
public record OpenSilence(@Nullable String suppressed) {}
