package dev.noether.cli.command;

import java.util.Locale;
import java.util.Optional;

/** What to tell about the models of a scoring job: a problem when it is new, and its end. Not thread safe. */
final class ModelNews {
    private String told = "";

    /**
     * Returns a line that was not told yet.
     *
     * @param version newest version in force, or -1
     * @param problem the present problem with a release; empty if there is none
     */
    Optional<String> of(long version, String problem) {
        if (problem.equals(told)) {
            return Optional.empty();
        }
        told = problem;
        if (problem.isEmpty()) {
            return version < 0 ? Optional.empty() : Optional.of("Model " + version + " is in force.");
        }
        String sentence = problem.substring(0, 1).toUpperCase(Locale.ROOT) + problem.substring(1);
        return Optional.of(
                sentence + (version < 0 ? " (no model is in force)" : " (model " + version + " is in force)"));
    }

    /** The name of a version on the progress line. */
    static String name(long version) {
        return version < 0 ? "none yet" : String.valueOf(version);
    }
}
