package dev.noether.lab.bench;

import java.util.List;

/**
 * What the benchmark of latency measured.
 *
 * @param options its options
 * @param machine the machine
 * @param checkpointMillis time from one checkpoint to the next
 * @param jobs one for each guarantee
 */
record LatencyReport(LatencyOptions options, MachineDescription machine, long checkpointMillis, List<Job> jobs) {
    /**
     * One job.
     *
     * @param guarantee {@code exactly-once}, read with read_committed, or {@code at-least-once}
     * @param highestRate records a second that sender, broker, job and reader manage together
     * @param loads one for each share of the highest rate
     */
    record Job(String guarantee, double highestRate, List<Load> loads) {}

    /**
     * Latency at one rate, from the call that sends an observation to the return of the call that reads its score, in
     * milliseconds.
     *
     * @param share share of the highest rate
     * @param rate records a second that were sent
     * @param records number of records
     * @param median median
     * @param p99 value that one in a hundred exceeds
     * @param p999 value that one in a thousand exceeds
     * @param largest largest
     */
    record Load(double share, double rate, int records, double median, double p99, double p999, double largest) {}
}
