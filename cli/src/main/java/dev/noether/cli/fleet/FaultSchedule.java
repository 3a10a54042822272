package dev.noether.cli.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The times, servers and kinds of all faults. The faults are spread evenly over the live part and over the servers; the
 * kinds alternate. Each server has at least an hour without a fault before and after each of its faults. Immutable and
 * thread-safe.
 */
final class FaultSchedule {
    /** The shortest time without a fault before and after each fault of a server. */
    static final int REST_MINUTES = 60;

    static final int SHORTEST_LIVE_PART = 2 * REST_MINUTES + longestFault();

    private final List<List<LabelledFault>> faultsPerEntity;
    private final List<LabelledFault> faults;

    private FaultSchedule(List<List<LabelledFault>> faultsPerEntity, List<LabelledFault> faults) {
        this.faultsPerEntity = faultsPerEntity;
        this.faults = List.copyOf(faults);
    }

    /**
     * Draws a schedule from the seed of the options.
     *
     * @throws IllegalArgumentException if there are more faults than the servers have time for
     */
    static FaultSchedule of(FleetOptions options, ServerProfile... profiles) {
        SplittableRandom random = new SplittableRandom(options.seed());
        int[] order = shuffled(profiles.length, random);
        List<List<LabelledFault>> perEntity = new ArrayList<>();
        for (int entity = 0; entity < profiles.length; entity++) {
            perEntity.add(new ArrayList<>());
        }
        List<FaultKind> kinds = List.of(FaultKind.values());
        List<LabelledFault> all = new ArrayList<>();
        for (int i = 0; i < options.faults(); i++) {
            FaultKind kind = kinds.get(i % kinds.size());
            int duration = random.nextInt(kind.shortestMinutes(), kind.longestMinutes() + 1);
            long start = start(options, i, duration, random);
            int entity = freeEntity(perEntity, order, i, start, start + duration);
            List<ServerMetric> affected =
                    kind.choices().get(random.nextInt(kind.choices().size()));
            List<String> features =
                    affected.stream().map(ServerMetric::featureName).toList();
            LabelledFault fault = new LabelledFault(profiles[entity].name(), kind, features, start, start + duration);
            perEntity.get(entity).add(fault);
            all.add(fault);
        }
        return new FaultSchedule(perEntity, all);
    }

    /** All faults, in the order of their starts. */
    List<LabelledFault> faults() {
        return faults;
    }

    /** The faults of one server, in the order of their starts. */
    List<LabelledFault> faultsOf(int entity) {
        return faultsPerEntity.get(entity);
    }

    /** A random minute in one of the equal slots into which the live part is divided. */
    private static long start(FleetOptions options, int index, int duration, SplittableRandom random) {
        double slot = (options.liveMinutes() - 2.0 * REST_MINUTES - longestFault()) / options.faults();
        long offset = REST_MINUTES + (long) ((index + random.nextDouble()) * slot);
        return options.historyMinutes() + Math.min(offset, options.liveMinutes() - REST_MINUTES - (long) duration);
    }

    private static int freeEntity(List<List<LabelledFault>> perEntity, int[] order, int index, long start, long end) {
        for (int i = 0; i < order.length; i++) {
            int entity = order[(index + i) % order.length];
            boolean free = perEntity.get(entity).stream()
                    .allMatch(other -> end + REST_MINUTES <= other.start() || other.end() + REST_MINUTES <= start);
            if (free) {
                return entity;
            }
        }
        throw new IllegalArgumentException("`faults` must be smaller: " + order.length
                + " entities have no time for fault number " + (index + 1) + " in the live part");
    }

    private static int[] shuffled(int size, SplittableRandom random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    private static int longestFault() {
        int longest = 0;
        for (FaultKind kind : FaultKind.values()) {
            longest = Math.max(longest, kind.longestMinutes());
        }
        return longest;
    }
}
