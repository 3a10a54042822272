package dev.noether.model.gate;

/**
 * What a challenger that scored in shadow, and the champion, said of the same rows.
 *
 * @param rows rows that both judged
 * @param unjudged rows that only the champion judged
 * @param notFinite rows for which the challenger has no finite p-value
 * @param shared alarms that both raised; anomalous rows of an entity close together are one alarm
 * @param challengerOnly alarms that only the challenger raised
 * @param championOnly alarms that only the champion raised
 * @param promised alarms promised per row, above 0
 * @param correlation rank correlation of the p-values; NaN if there is none
 * @param ranked number of rows that the correlation rests on
 */
public record ShadowEvidence(
        long rows,
        long unjudged,
        long notFinite,
        long shared,
        long challengerOnly,
        long championOnly,
        double promised,
        double correlation,
        int ranked) {
    /** The challenger's alarms. */
    long challenger() {
        return shared + challengerOnly;
    }

    /** The champion's alarms. */
    long champion() {
        return shared + championOnly;
    }
}
