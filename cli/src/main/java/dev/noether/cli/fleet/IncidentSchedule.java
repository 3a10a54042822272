package dev.noether.cli.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * When which server goes wrong: spread evenly over the live part, the kinds in turn, and over the servers so that one has
 * rest between two incidents. Immutable and thread-safe.
 */
final class IncidentSchedule {
    /** Every scheduled server has been watched for this long before something happens to it, and rests as long after. */
    static final int REST_MINUTES = 60;

    static final int SHORTEST_LIVE_PART = 2 * REST_MINUTES + longestIncident();

    private final List<List<LabelledIncident>> incidentsPerEntity;
    private final List<LabelledIncident> incidents;

    private IncidentSchedule(List<List<LabelledIncident>> incidentsPerEntity, List<LabelledIncident> incidents) {
        this.incidentsPerEntity = incidentsPerEntity;
        this.incidents = List.copyOf(incidents);
    }

    /** @throws IllegalArgumentException if there are more incidents than the servers have time for */
    static IncidentSchedule of(FleetOptions options, ServerProfile... profiles) {
        SplittableRandom random = new SplittableRandom(options.seed());
        int[] order = shuffled(profiles.length, random);
        List<List<LabelledIncident>> perEntity = new ArrayList<>();
        for (int entity = 0; entity < profiles.length; entity++) {
            perEntity.add(new ArrayList<>());
        }
        List<IncidentKind> kinds = List.of(IncidentKind.values());
        List<LabelledIncident> all = new ArrayList<>();
        for (int i = 0; i < options.incidents(); i++) {
            IncidentKind kind = kinds.get(i % kinds.size());
            int duration = random.nextInt(kind.shortestMinutes(), kind.longestMinutes() + 1);
            long start = start(options, i, duration, random);
            int entity = freeEntity(perEntity, order, i, start, start + duration);
            List<ServerMetric> struck =
                    kind.choices().get(random.nextInt(kind.choices().size()));
            List<String> features =
                    struck.stream().map(ServerMetric::featureName).toList();
            LabelledIncident incident =
                    new LabelledIncident(profiles[entity].name(), kind, features, start, start + duration);
            perEntity.get(entity).add(incident);
            all.add(incident);
        }
        return new IncidentSchedule(perEntity, all);
    }

    /** All of them, by the order of their starts. */
    List<LabelledIncident> incidents() {
        return incidents;
    }

    /** Those of one server, by the order of their starts. */
    List<LabelledIncident> incidentsOf(int entity) {
        return incidentsPerEntity.get(entity);
    }

    /** The i-th of equal slots in the time that is left, and a random place in it. */
    private static long start(FleetOptions options, int index, int duration, SplittableRandom random) {
        double slot = (options.liveMinutes() - 2.0 * REST_MINUTES - longestIncident()) / options.incidents();
        long offset = REST_MINUTES + (long) ((index + random.nextDouble()) * slot);
        return options.historyMinutes() + Math.min(offset, options.liveMinutes() - REST_MINUTES - (long) duration);
    }

    private static int freeEntity(
            List<List<LabelledIncident>> perEntity, int[] order, int index, long start, long end) {
        for (int i = 0; i < order.length; i++) {
            int entity = order[(index + i) % order.length];
            boolean free = perEntity.get(entity).stream()
                    .allMatch(other -> end + REST_MINUTES <= other.start() || other.end() + REST_MINUTES <= start);
            if (free) {
                return entity;
            }
        }
        throw new IllegalArgumentException("`incidents` must be fewer: the " + order.length
                + " entities have no time for number " + (index + 1) + " in the live part");
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

    private static int longestIncident() {
        int longest = 0;
        for (IncidentKind kind : IncidentKind.values()) {
            longest = Math.max(longest, kind.longestMinutes());
        }
        return longest;
    }
}
