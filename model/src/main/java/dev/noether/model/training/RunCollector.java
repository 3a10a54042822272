package dev.noether.model.training;

import dev.noether.model.training.EntityHistory.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins parts of a history that follow one another to runs. Rows that came late are put in their place. Not thread safe.
 */
final class RunCollector {
    private final List<Run> runs = new ArrayList<>();
    private final List<Run> parts = new ArrayList<>();

    /** Adds rows that follow those added before. */
    void add(Run part) {
        if (part.count() > 0) {
            parts.add(part);
        }
    }

    /** Ends the run: what is added next does not follow it. */
    void end() {
        if (!parts.isEmpty()) {
            runs.add(Run.joined(parts).inOrder());
            parts.clear();
        }
    }

    /** Ends the last run and returns all runs that have rows. */
    List<Run> runs() {
        end();
        return runs;
    }
}
