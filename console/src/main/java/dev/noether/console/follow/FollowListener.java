package dev.noether.console.follow;

import dev.noether.console.store.FeedbackEvent;
import java.util.List;

/** Learns what is new in the store, after it is stored. Called from the threads of the followers. */
public interface FollowListener {
    /** Incidents have changed, by a record or by feedback. */
    void incidentsChanged(List<String> ids);

    /** Somebody judged an incident. */
    void judged(FeedbackEvent feedback);

    /** The topic of models has a new record. */
    void modelsChanged();

    /** So much has changed that everything should be asked for again. */
    void muchChanged();
}
