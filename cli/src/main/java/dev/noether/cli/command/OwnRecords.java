package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.flink.config.DetectorConfig;

/** Check of the commands that send observations: they write Noether's own records and no others. */
final class OwnRecords {
    private OwnRecords() {}

    /**
     * Checks that a detector reads Noether's own records.
     *
     * @throws BadUseException if it reads another format
     */
    static void require(DetectorConfig config) {
        if (!config.source().isNoether()) {
            throw new BadUseException("this command sends Noether's own records; the detector reads `source.format: "
                    + config.source().format().label() + "` from "
                    + config.topics().observations());
        }
    }
}
