package dev.noether.lab.bench;

/**
 * The comparison of two engines at one size of a batch.
 *
 * @param batchSize rows of a batch
 * @param largestDifference between two values of the reconstructions; NaN if one of them is
 * @param rowsPerSecond of the engine
 * @param rowsPerSecondOfBase of the engine that it is compared with
 */
record EngineSpeed(int batchSize, double largestDifference, double rowsPerSecond, double rowsPerSecondOfBase) {
    /** Whether the engine is the faster one. */
    boolean wins() {
        return rowsPerSecond > rowsPerSecondOfBase;
    }
}
