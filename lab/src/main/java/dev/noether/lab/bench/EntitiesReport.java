package dev.noether.lab.bench;

import java.util.List;

/**
 * What the benchmark of entities measured.
 *
 * @param options its options
 * @param machine the machine
 * @param documentedHeapBytes heap of an entity as the job estimates it
 * @param cases one for each number of entities and backend
 */
record EntitiesReport(EntitiesOptions options, MachineDescription machine, long documentedHeapBytes, List<Case> cases) {
    /**
     * One number of entities with one backend.
     *
     * @param entities number of entities
     * @param backend where their states are
     * @param heapBytes live heap of the process when all entities have a full window, broker included
     * @param checkpointBytes size of the first checkpoint, which has all states
     * @param checkpointSeconds its time
     * @param rounds measured rounds
     */
    record Case(
            int entities,
            String backend,
            long heapBytes,
            long checkpointBytes,
            double checkpointSeconds,
            List<Round> rounds) {
        /** Quartiles of the records scored in a second. */
        double[] recordsPerSecond() {
            return quartiles(rounds.stream()
                    .mapToDouble(Round::recordsPerSecond)
                    .sorted()
                    .toArray());
        }

        /** Quartiles of the time of a restore, in seconds. */
        double[] restoreSeconds() {
            return quartiles(
                    rounds.stream().mapToDouble(Round::restoreSeconds).sorted().toArray());
        }
    }

    /**
     * One round: the job is restored from the first checkpoint and scores the same records.
     *
     * @param restoreSeconds longest time in which a subtask loaded its state
     * @param recordsPerSecond scores appended in a second, without the first tenth
     * @param missing observations without a score
     * @param duplicated scores of an observation that has one
     * @param unscored scores without a judgement
     */
    record Round(double restoreSeconds, double recordsPerSecond, long missing, long duplicated, long unscored) {}

    /** Heap of an entity: what the case needs more than the smallest case of the backend, for each entity more. */
    static double heapBytesOfEach(Case smallest, Case other) {
        return (other.heapBytes() - smallest.heapBytes()) / (double) (other.entities() - smallest.entities());
    }

    private static double[] quartiles(double[] sorted) {
        int last = sorted.length - 1;
        return new double[] {sorted[last / 4], sorted[sorted.length / 2], sorted[last - last / 4]};
    }
}
