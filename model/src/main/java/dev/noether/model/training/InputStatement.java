package dev.noether.model.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says in sentences how a model reads the rows of its stream, where that is not the usual way. Stateless. */
public final class InputStatement {
    /** The key of the features that have values in few rows of the history. */
    static final String LITTLE_HISTORY_KEY = "data.littleHistory";

    /** The key of the features that are counters. */
    static final String COUNTERS_KEY = "data.counters";

    private InputStatement() {}

    /**
     * The sentences, without full stops.
     *
     * @param provenance provenance of a model
     * @return usually none
     */
    public static List<String> of(Map<String, String> provenance) {
        List<String> sentences = new ArrayList<>();
        String counters = provenance.get(COUNTERS_KEY);
        if (counters != null) {
            sentences.add("judged by their increase per second, as counters: " + counters);
        }
        String little = provenance.get(LITTLE_HISTORY_KEY);
        if (little != null) {
            sentences.add(
                    "the history says little about these features, which have values in few of its rows: " + little);
        }
        return sentences;
    }
}
