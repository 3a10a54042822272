package dev.noether.model.gate;

import static java.util.Objects.requireNonNull;

import dev.noether.model.artifact.ModelArtifact;
import org.jspecify.annotations.Nullable;

/**
 * The model that a challenger is compared with.
 *
 * @param model the model in force; null if there is nothing to compare with
 * @param words which model it is, or why there is none
 */
public record Champion(@Nullable ModelArtifact model, String words) {
    /** No model scores yet. */
    public static final Champion NONE = new Champion(null, "no model is in force");

    public Champion {
        requireNonNull(words, "words");
    }
}
