package dev.noether.lab.chaos.fault;

import dev.noether.lab.chaos.service.Service;
import dev.noether.lab.chaos.service.ServiceSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The faults of a run: a function of the seed, the number and the kinds. */
public final class FaultPlan {
    private static final double OVERLAPPING = 0.2;

    private FaultPlan() {}

    /**
     * Draws the faults. Each kind comes once before one comes again.
     *
     * @param count number of faults
     * @param kinds the kinds to draw from
     * @param seed seed of the plan
     */
    public static List<PlannedFault> draw(int count, List<FaultKind> kinds, long seed) {
        Random random = new Random(seed);
        List<PlannedFault> faults = new ArrayList<>();
        List<FaultKind> deck = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            if (deck.isEmpty()) {
                deck.addAll(kinds);
                Collections.shuffle(deck, random);
            }
            FaultKind kind = deck.remove(deck.size() - 1);
            boolean overlaps = random.nextDouble() < OVERLAPPING && kind.mayOverlap() && number < count;
            faults.add(new PlannedFault(
                    number, kind, services(kind, random), seconds(kind, random), overlaps, random.nextLong()));
        }
        return separated(faults);
    }

    /** A fault that needs running services must not begin while they recover. */
    private static List<PlannedFault> separated(List<PlannedFault> faults) {
        List<PlannedFault> separated = new ArrayList<>();
        for (int i = 0; i < faults.size(); i++) {
            PlannedFault fault = faults.get(i);
            boolean overlaps = fault.overlaps() && faults.get(i + 1).kind().mayOverlap();
            separated.add(new PlannedFault(
                    fault.number(), fault.kind(), fault.services(), fault.seconds(), overlaps, fault.seed()));
        }
        return separated;
    }

    private static List<Service> services(FaultKind kind, Random random) {
        return switch (kind) {
            case KILL_BROKER, PAUSE_BROKER -> List.of(Service.BROKER);
            case KILL_JOB_MANAGER, PAUSE_JOB_MANAGER -> List.of(Service.JOB_MANAGER);
            case KILL_TASK_MANAGER, PAUSE_TASK_MANAGER, RELEASE_AND_KILL -> List.of(Service.TASK_MANAGER);
            case KILL_RETRAINER, PAUSE_RETRAINER -> List.of(Service.RETRAINER);
            case KILL_TOGETHER, PAUSE_TOGETHER -> several(random);
            case DISK_FULL, DAMAGED_CHECKPOINT -> List.of(Service.JOB_MANAGER, Service.TASK_MANAGER);
            case LONG_STOP -> List.of(Service.JOB_MANAGER, Service.TASK_MANAGER, Service.RETRAINER);
            default -> List.of();
        };
    }

    private static List<Service> several(Random random) {
        List<Service> services = new ArrayList<>(List.of(Service.values()));
        Collections.shuffle(services, random);
        List<Service> chosen = new ArrayList<>(services.subList(0, 2 + random.nextInt(services.size() - 1)));
        Collections.sort(chosen);
        return chosen;
    }

    private static double seconds(FaultKind kind, Random random) {
        return switch (kind) {
            case PAUSE_BROKER, PAUSE_JOB_MANAGER, PAUSE_TASK_MANAGER, PAUSE_RETRAINER, PAUSE_TOGETHER ->
                3 + random.nextInt(13);
            case CHECKPOINTS_AWAY, DISK_FULL, STORE_AWAY -> 5 + random.nextInt(8);
            case CLOCK_2099, CLOCK_SECONDS, CLOCK_MINUTE, CLOCK_HOUR -> 4;
            case LONG_STOP -> ServiceSettings.EXPIRATION.toSeconds() + 15;
            default -> 0;
        };
    }
}
