package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * One check of a promotion gate.
 *
 * @param name name of the figure, such as {@code alarmRate}
 * @param challenger value of the new model; NaN if there is none
 * @param champion value of the model in force; NaN if there is none
 * @param limit value that the new model must not pass; NaN if there is none
 * @param isPassed whether the new model passed the check
 * @param sentence the figure in words, such as "alarms on 0.2 % of the rows; the budget allows 0.1 %"
 */
public record GateFigure(
        String name, double challenger, double champion, double limit, boolean isPassed, String sentence) {
    public GateFigure {
        requireNonNull(name, "name");
        requireNonNull(sentence, "sentence");
    }
}
