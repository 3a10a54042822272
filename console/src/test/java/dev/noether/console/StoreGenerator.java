package dev.noether.console;

import static dev.noether.console.TestingRecords.DETECTOR;
import static dev.noether.console.TestingRecords.START;

import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.IncidentBatch;
import dev.noether.console.store.ScoreBatch;
import dev.noether.console.store.TopicRole;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Severity;
import dev.noether.schemas.Verdict;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Fills the store of a console with as many entities and incidents as a large fleet has in a month. */
public final class StoreGenerator {
    /** Event time of the newest record. */
    public static final long END = START + 30L * 24 * 3_600_000;

    private static final int BATCH = 5_000;
    private static final int OPEN_EACH = 200;
    private static final int SCORES_OF_EACH = 3;

    private StoreGenerator() {}

    /**
     * Fills a store. The same numbers give the same content.
     *
     * @param directory directory of the store
     * @param entities number of entities
     * @param incidents number of incidents, each of one entity; one in two hundred is open
     */
    public static void fill(Path directory, int entities, int incidents) {
        SplittableRandom random = new SplittableRandom(1);
        try (ConsoleStore store = ConsoleStore.open(directory, DETECTOR)) {
            for (int from = 0; from < entities; from += BATCH) {
                int first = from;
                store.write(connection -> {
                    ScoreBatch batch = new ScoreBatch(connection);
                    for (int i = first; i < Math.min(entities, first + BATCH); i++) {
                        for (int j = 0; j < SCORES_OF_EACH; j++) {
                            long offset = (long) i * SCORES_OF_EACH + j;
                            Verdict verdict = j == 1 ? Verdict.ANOMALOUS : Verdict.NORMAL;
                            batch.add(
                                    TestingRecords.score(name(i), END - 60_000L * (3 - j), offset, verdict), 0, offset);
                        }
                    }
                    batch.finish();
                    return true;
                });
            }
            for (int from = 0; from < incidents; from += BATCH) {
                int first = from;
                store.write(connection -> {
                    IncidentBatch batch = new IncidentBatch(connection);
                    for (int i = first; i < Math.min(incidents, first + BATCH); i++) {
                        batch.add(incident(i, entities, random), 0, i);
                    }
                    batch.finish(TopicRole.INCIDENTS);
                    return true;
                });
            }
        }
    }

    /** Returns the name of an entity. */
    public static String name(int number) {
        return String.format("web-%05d", number);
    }

    private static Incident incident(int number, int entities, SplittableRandom random) {
        boolean isOpen = number % OPEN_EACH == 0;
        // Few entities have most incidents.
        int entity = (int) (entities * Math.pow(random.nextDouble(), 3));
        long start = isOpen ? END - random.nextLong(3_600_000) : START + random.nextLong(END - START - 180_000);
        Severity severity = Severity.values()[Math.min(random.nextInt(4), random.nextInt(4))];
        return TestingRecords.incident(
                String.format("%08x%08x", number * 0x9E3779B9, number),
                name(entity),
                isOpen ? IncidentState.OPENED : IncidentState.RESOLVED,
                severity,
                start);
    }
}
