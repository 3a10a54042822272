package dev.noether.cli.fleet;

import java.util.Locale;

/**
 * The properties of one server: its name and the levels of its metrics. Immutable.
 *
 * @param name unique name in the fleet
 * @param load load over the day and the week
 * @param memory memory use
 * @param disk disk use
 * @param network network traffic
 * @param service requests that the server answers
 */
record ServerProfile(String name, Load load, Memory memory, Disk disk, Network network, Service service) {
    private static final String[] ROLES = {"web", "api", "cache", "database", "worker"};
    /** A noise stream that the telemetry does not use. */
    private static final int STREAM = 1_000;

    /**
     * The load of a server.
     *
     * @param level mean load; 1 is a busy server
     * @param swing share of the load that follows the time of day
     * @param weekendDip share of the load that is missing at the weekend
     * @param busiestMinute minute of the day with the highest load
     */
    record Load(double level, double swing, double weekendDip, double busiestMinute) {}

    /**
     * The memory use of a server.
     *
     * @param floor percent in use without load
     * @param gain additional percent in use at load 1
     */
    record Memory(double floor, double gain) {}

    /**
     * The disk use of a server.
     *
     * @param floor percent in use right after the nightly clean-up
     * @param growth additional percent in use after a day
     * @param megabytesWritten write rate at load 1
     */
    record Disk(double floor, double growth, double megabytesWritten) {}

    /**
     * The network traffic of a server at load 1.
     *
     * @param megabytesIn incoming traffic
     * @param megabytesOut outgoing traffic
     */
    record Network(double megabytesIn, double megabytesOut) {}

    /**
     * The requests that a server answers.
     *
     * @param requests requests per second at load 1
     * @param latency milliseconds without load
     * @param errors errors per minute without load
     * @param queue queue length at half of the CPU
     * @param connections open connections at load 1
     */
    record Service(double requests, double latency, double errors, double queue, double connections) {}

    /** The profile of a server; the same for the same number and seed. */
    static ServerProfile of(int entity, HashedNoise noise) {
        return new ServerProfile(
                String.format(Locale.ROOT, "%s-%02d", ROLES[entity % ROLES.length], entity / ROLES.length + 1),
                new Load(
                        noise.uniform(entity, STREAM, 0, 0.5, 1.1),
                        noise.uniform(entity, STREAM, 1, 0.4, 0.7),
                        noise.uniform(entity, STREAM, 2, 0.1, 0.45),
                        noise.uniform(entity, STREAM, 3, 13 * 60, 17 * 60)),
                new Memory(noise.uniform(entity, STREAM, 4, 25, 45), noise.uniform(entity, STREAM, 5, 8, 20)),
                new Disk(
                        noise.uniform(entity, STREAM, 6, 20, 60),
                        noise.uniform(entity, STREAM, 7, 4, 12),
                        noise.uniform(entity, STREAM, 13, 2, 20)),
                new Network(noise.uniform(entity, STREAM, 8, 5, 40), noise.uniform(entity, STREAM, 9, 10, 90)),
                new Service(
                        noise.uniform(entity, STREAM, 10, 100, 900),
                        noise.uniform(entity, STREAM, 11, 8, 60),
                        noise.uniform(entity, STREAM, 12, 0.5, 4),
                        noise.uniform(entity, STREAM, 14, 2, 10),
                        noise.uniform(entity, STREAM, 15, 80, 500)));
    }
}
