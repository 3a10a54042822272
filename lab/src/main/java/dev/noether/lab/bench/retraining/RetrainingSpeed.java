package dev.noether.lab.bench.retraining;

/**
 * What one training took.
 *
 * @param rows rows of the history
 * @param sampledRows rows of it in the sample
 * @param write how the history was written
 * @param read how it was read and sampled
 * @param trainSeconds time from the last row to the stored model
 * @param epochs number of epochs of the final model
 * @param memory memory of the process
 * @param outcome what the gate decided
 */
record RetrainingSpeed(
        long rows,
        int sampledRows,
        Pass write,
        Pass read,
        double trainSeconds,
        int epochs,
        Memory memory,
        String outcome) {
    /**
     * One pass over all rows.
     *
     * @param seconds its time
     * @param rowsPerSecond its speed
     */
    record Pass(double seconds, double rowsPerSecond) {
        static Pass of(long rows, double seconds) {
            return new Pass(seconds, rows / seconds);
        }
    }

    /**
     * The memory, in MiB, from the start of the job to its end. The broker is in the same process.
     *
     * @param before live heap before the job
     * @param live largest live heap
     * @param used largest heap in use, with garbage
     * @param resident largest resident set of the process; 0 if it is not known
     * @param sample what the settings allow for the windows of the sample: {@code retraining.maxRows} ×
     *     {@code window.rows} × features × 4 bytes
     */
    record Memory(double before, double live, double used, double resident, double sample) {}
}
