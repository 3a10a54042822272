package dev.noether.flink.owner;

import dev.noether.flink.config.DetectorConfig;

/** What the processes of a detector compete for. Each role has a consumer group of its own. */
public enum OwnerRole {
    /** The job that scores. A second one is refused. */
    SCORER("owner", "scored", "keeps two jobs from scoring one detector"),
    /** The retrainer that trains. Others wait, and one of them takes over when it ends. */
    RETRAINER("retrainer", "trained", "keeps two retrainers from training one detector"),
    /** The job that imports the detector's observations. A second one is refused. */
    IMPORTER("importer", "imported", "keeps two jobs from importing the observations of one detector");

    private final String suffix;
    private final String participle;
    private final String purpose;

    OwnerRole(String suffix, String participle, String purpose) {
        this.suffix = suffix;
        this.participle = participle;
        this.purpose = purpose;
    }

    /** Name of the group of a detector. A detector's name contains no dot, so no two detectors share a group. */
    public String group(DetectorConfig config) {
        return "noether." + config.detector() + "." + suffix;
    }

    /** What the owner does with the detector: it is so much "already". */
    String participle() {
        return participle;
    }

    /** Whether a Flink job has the role: it ends if another one has it already, and does not wait. */
    boolean isOfJob() {
        return this != RETRAINER;
    }

    /** What the group is for. */
    String purpose() {
        return purpose;
    }
}
