package dev.noether.lab.bench;

/**
 * One run of the job over all observations, according to the topic of scores.
 *
 * @param variant variant of the job
 * @param records number of distinct observations with a committed score
 * @param missing number of observations without a committed score
 * @param duplicated number of further scores of an observation
 * @param unscored number of scores with the verdict UNSCORED
 * @param anomalous number of scores with the verdict ANOMALOUS
 * @param seconds time from the first subtask that was ready for rows to the last append of scores to Kafka's log
 * @param recordsPerSecond number of records divided by {@code seconds}
 * @param processorSeconds processor time of the whole JVM, including the broker, from the submission of the job to its
 *     end; it hardly depends on other load on the machine
 */
record PipelineRound(
        Variant variant,
        long records,
        long missing,
        long duplicated,
        long unscored,
        long anomalous,
        double seconds,
        double recordsPerSecond,
        double processorSeconds) {

    /** The operator between rows and scores. */
    enum Variant {
        SCORING,
        /** Scoring, with a second model that judges each row in shadow. */
        SHADOW,
        PASS_THROUGH
    }
}
