package dev.noether.cli.demo;

import dev.noether.flink.config.DetectorConfig;

/**
 * The computer and the Java runtime of a demonstration.
 *
 * @param cores processors that the JVM may use
 * @param heapMebibytes largest size of the heap, MiB
 * @param java vendor and version of Java
 * @param os name and architecture of the operating system
 * @param openblasCoreType value of OPENBLAS_CORETYPE, or {@code unset}
 * @param engine name of the matrix engine
 * @param parallelism parallelism of the scoring job
 */
public record Machine(
        int cores,
        long heapMebibytes,
        String java,
        String os,
        String openblasCoreType,
        String engine,
        int parallelism) {
    /** The machine of this JVM. */
    static Machine current(DetectorConfig config) {
        String coreType = System.getenv("OPENBLAS_CORETYPE");
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                coreType == null ? "unset" : coreType,
                config.model().engine().open().name(),
                config.parallelism());
    }
}
