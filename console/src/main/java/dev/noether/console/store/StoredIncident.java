package dev.noether.console.store;

import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.Incident;
import org.jspecify.annotations.Nullable;

/**
 * The newest record of an incident.
 *
 * @param key its key in the store
 * @param incident the record
 * @param feedback what counts of what was said of it; null for nothing
 */
public record StoredIncident(
        long key, Incident incident, @Nullable FeedbackVerdict feedback) {}
