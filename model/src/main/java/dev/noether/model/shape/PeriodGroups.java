package dev.noether.model.shape;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Groups of entities whose signals have similar periods. */
final class PeriodGroups {
    /** More groups than this become one pool. */
    private static final int MOST_GROUPS = 8;

    /** Within a group the longest period is at most this many times the shortest. */
    private static final double SIMILAR = 1.25;

    private PeriodGroups() {}

    /** An entity with its period. */
    private record Entity(List<SignalRun> runs, Period period) {}

    /**
     * Finds the groups. Entities without a clear period join the largest group.
     *
     * @param runs runs of all entities, those of an entity together
     * @param levels levels of the entities
     * @return the runs of each group, those of an entity together; a single list if all entities belong together
     */
    static List<List<SignalRun>> of(List<SignalRun> runs, List<SignalLevel> levels) {
        List<Entity> entities = new ArrayList<>();
        List<SignalRun> unclear = new ArrayList<>();
        for (List<SignalRun> own : byEntity(runs)) {
            SignalLevel level = levels.get(own.get(0).entity());
            Period period = PeriodEstimator.of(
                    own.stream().map(run -> run.scaledUsual(level)).toList());
            if (period.prominence() < ShapeTrainer.LEAST_PROMINENCE) {
                unclear.addAll(own);
            } else {
                entities.add(new Entity(own, period));
            }
        }
        List<List<SignalRun>> groups = groups(entities);
        if (groups.size() < 2 || groups.size() > MOST_GROUPS) {
            return List.of(runs);
        }
        groups.stream().max(Comparator.comparingInt(List::size)).ifPresent(largest -> largest.addAll(unclear));
        return groups;
    }

    private static List<List<SignalRun>> byEntity(List<SignalRun> runs) {
        TreeMap<Integer, List<SignalRun>> byEntity = new TreeMap<>();
        for (SignalRun run : runs) {
            byEntity.computeIfAbsent(run.entity(), entity -> new ArrayList<>()).add(run);
        }
        return List.copyOf(byEntity.values());
    }

    private static List<List<SignalRun>> groups(List<Entity> entities) {
        List<Entity> byPeriod = new ArrayList<>(entities);
        byPeriod.sort(Comparator.comparingInt(entity -> entity.period().rows()));
        List<List<SignalRun>> groups = new ArrayList<>();
        int shortest = 0;
        for (Entity entity : byPeriod) {
            if (groups.isEmpty() || entity.period().rows() > SIMILAR * shortest) {
                groups.add(new ArrayList<>());
                shortest = entity.period().rows();
            }
            groups.get(groups.size() - 1).addAll(entity.runs());
        }
        return groups;
    }
}
