package dev.noether.cli.fleet;

import java.util.Locale;

/**
 * What makes one server differ from the next: its name and the levels it lives at.
 *
 * @param name unique in the fleet
 * @param level mean load, 1 is a busy server
 * @param swing share of the load that follows the hour of the day
 * @param weekendDip share of the load that is missing at the weekend
 * @param busiestMinute minute of the day at which the load peaks
 * @param memoryFloor percent of memory used without load
 * @param memoryGain percent of memory used more at load 1
 * @param diskFloor percent of disk used right after the nightly clean-up
 * @param diskGrowth percent of disk filled in a day
 * @param megabytesIn network input at load 1
 * @param megabytesOut network output at load 1
 * @param requests requests a second at load 1
 * @param latency milliseconds without load
 * @param errors errors a minute without load
 * @param megabytesWritten disk writes at load 1
 * @param queue queue length at half of the CPU
 * @param connections open connections at load 1
 */
record ServerProfile(
        String name,
        double level,
        double swing,
        double weekendDip,
        double busiestMinute,
        double memoryFloor,
        double memoryGain,
        double diskFloor,
        double diskGrowth,
        double megabytesIn,
        double megabytesOut,
        double requests,
        double latency,
        double errors,
        double megabytesWritten,
        double queue,
        double connections) {
    private static final String[] ROLES = {"web", "api", "cache", "database", "worker"};
    /** A noise stream of its own, apart from those of the telemetry. */
    private static final int STREAM = 1_000;

    static ServerProfile of(int entity, HashedNoise noise) {
        return new ServerProfile(
                String.format(Locale.ROOT, "%s-%02d", ROLES[entity % ROLES.length], entity / ROLES.length + 1),
                noise.uniform(entity, STREAM, 0, 0.5, 1.1),
                noise.uniform(entity, STREAM, 1, 0.4, 0.7),
                noise.uniform(entity, STREAM, 2, 0.1, 0.45),
                noise.uniform(entity, STREAM, 3, 13 * 60, 17 * 60),
                noise.uniform(entity, STREAM, 4, 25, 45),
                noise.uniform(entity, STREAM, 5, 8, 20),
                noise.uniform(entity, STREAM, 6, 20, 60),
                noise.uniform(entity, STREAM, 7, 4, 12),
                noise.uniform(entity, STREAM, 8, 5, 40),
                noise.uniform(entity, STREAM, 9, 10, 90),
                noise.uniform(entity, STREAM, 10, 100, 900),
                noise.uniform(entity, STREAM, 11, 8, 60),
                noise.uniform(entity, STREAM, 12, 0.5, 4),
                noise.uniform(entity, STREAM, 13, 2, 20),
                noise.uniform(entity, STREAM, 14, 2, 10),
                noise.uniform(entity, STREAM, 15, 80, 500));
    }
}
