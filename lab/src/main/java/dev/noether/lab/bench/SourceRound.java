package dev.noether.lab.bench;

/**
 * One run of a job over all records of one source.
 *
 * @param source name of the source
 * @param records number of records that were read
 * @param values number of values of features in them
 * @param missing number of observations without an outcome
 * @param seconds time from the open sink to the last append to Kafka's log
 * @param processorSeconds processor time of the whole JVM, including the broker
 */
record SourceRound(String source, long records, long values, long missing, double seconds, double processorSeconds) {
    double recordsPerSecond() {
        return records / seconds;
    }

    double valuesPerSecond() {
        return values / seconds;
    }
}
