package dev.noether.flink.recovery;

import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the incidents topic says about one incident.
 *
 * @param time event time of its newest record, milliseconds since 1970 UTC
 * @param last bytes of its newest record; null once it is resolved; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record IncidentProgress(long time, byte @Nullable [] last) implements Serializable {
    /** Returns the progress after one more record. */
    static IncidentProgress after(@Nullable IncidentProgress former, Incident incident, byte[] bytes) {
        if (former != null && former.isResolved()) {
            return former;
        }
        long time = former == null ? incident.time() : Math.max(former.time(), incident.time());
        return new IncidentProgress(time, incident.state() == IncidentState.RESOLVED ? null : bytes);
    }

    boolean isResolved() {
        return last == null;
    }
}
