package dev.noether.flink.container;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.job.RetainedCheckpoints;
import dev.noether.flink.job.ScoringStart;
import dev.noether.flink.owner.OwnerCheck;
import dev.noether.flink.recovery.DamagedCheckpointException;
import dev.noether.flink.recovery.StoredCheckpoint;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Prints the folder of the newest usable checkpoint or savepoint of a directory that one job uses, or nothing if there
 * is none. If a newer one is damaged, a second line says {@code recover}. {@code deploy/bin/resume} calls it.
 *
 * <p>With {@code recover CONFIG}, it prints the checkpoint from which no result is missing, or nothing if there is none.
 */
public final class NewestCheckpoint {
    private static final String RECOVER = "recover";

    private NewestCheckpoint() {}

    /**
     * Runs the search.
     *
     * @param arguments the checkpoint directory, a path of this machine; then, for a recovery, {@code recover} and the
     *     detector's file
     */
    public static void main(String[] arguments) throws InterruptedException {
        // Standard output is for the result; the log writes there too.
        PrintStream result = System.out;
        System.setOut(System.err);
        if (arguments.length == 1) {
            search(RetainedCheckpoints.all(Path.of(arguments[0])), result);
        } else if (arguments.length == 3 && arguments[1].equals(RECOVER)) {
            DetectorConfig config = DetectorConfig.load(Path.of(arguments[2]));
            OwnerCheck.require(config, System.err::println);
            ScoringStart.recover(config, RetainedCheckpoints.all(Path.of(arguments[0])))
                    .checkpoint()
                    .ifPresent(result::println);
        } else {
            throw new IllegalArgumentException("expected the checkpoint directory, or the checkpoint directory, `"
                    + RECOVER + "` and the detector's file");
        }
    }

    private static void search(List<Path> candidates, PrintStream result) {
        boolean isRecovery = false;
        for (Path folder : candidates) {
            try {
                StoredCheckpoint.check(folder);
                RetainedCheckpoints.removeOutdated(candidates);
                result.println(folder);
                if (isRecovery) {
                    result.println(RECOVER);
                }
                return;
            } catch (DamagedCheckpointException e) {
                System.err.println(e.getMessage());
                RetainedCheckpoints.setAside(folder);
                isRecovery = true;
            }
        }
    }
}
