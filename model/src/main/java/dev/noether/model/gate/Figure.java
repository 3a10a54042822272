package dev.noether.model.gate;

import static java.util.Objects.requireNonNull;

/**
 * One check of the gate.
 *
 * @param name name of the figure, such as {@code alarmRate}
 * @param challenger value of the new model; NaN if there is none
 * @param champion value of the model in force on the same rows; NaN if there is none
 * @param limit value that the new model must not pass; NaN if there is none
 * @param isPassed whether the new model passed the check
 * @param sentence the figure in words
 */
public record Figure(String name, double challenger, double champion, double limit, boolean isPassed, String sentence) {
    public Figure {
        requireNonNull(name, "name");
        requireNonNull(sentence, "sentence");
    }

    /** The same figure under another name. */
    Figure named(String other) {
        return new Figure(other, challenger, champion, limit, isPassed, sentence);
    }
}
