package dev.noether.lab.bench;

/**
 * One run of the job over all observations, as its scores topic tells it.
 *
 * @param variant which of the two jobs
 * @param records distinct observations with a committed score
 * @param missing observations without one
 * @param duplicated further scores of an observation that has one
 * @param unscored scores with the verdict UNSCORED
 * @param anomalous scores with the verdict ANOMALOUS
 * @param seconds from the moment when the first subtask was about to take rows to the last append of scores to Kafka's
 *     log
 * @param recordsPerSecond scores for each of these seconds
 * @param processorSeconds what the whole JVM, broker included, computed from the job's submission to its end; unlike
 *     the rate it hardly depends on what else the machine does
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

    /** What stands between rows and scores. */
    enum Variant {
        SCORING,
        PASS_THROUGH
    }
}
