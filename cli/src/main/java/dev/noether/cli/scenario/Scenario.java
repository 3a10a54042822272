package dev.noether.cli.scenario;

import java.nio.file.Path;

/** One promise, shown and checked. */
public interface Scenario {
    /**
     * Shows the promise.
     *
     * @param folder empty folder for all files of the run
     * @param story receives what happens and what is checked
     * @throws Exception if the promise could not be checked
     */
    void run(Path folder, Story story) throws Exception;
}
