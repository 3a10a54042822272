package dev.noether.lab.chaos.soak;

/** What is sampled of a process or of a folder, with the growth that counts as flat. */
public enum ResourceKind {
    /** Live objects on the heap, after a collection, MiB. */
    HEAP("live heap, MiB", 30, .05),
    /** Metaspace, MiB. */
    METASPACE("metaspace, MiB", 4, .02),
    /** Direct and mapped buffers, MiB. */
    DIRECT("direct buffers, MiB", 16, .05),
    /** Memory of the process that is resident, MiB. */
    RESIDENT("resident, MiB", 100, .10),
    /** Threads. */
    THREADS("threads", 8, .05),
    /** Open file handles. */
    HANDLES("open files", 20, .05),
    /** Transactional ids that the broker remembers. */
    TRANSACTIONAL_IDS("transactional ids", 6, 0),
    /** Files in the model store. */
    MODEL_FILES("files in the model store", 4, 0),
    /** Files in the checkpoint folder. */
    CHECKPOINT_FILES("files of checkpoints", 10, .05);

    private final String title;
    private final double perHour;
    private final double relativePerHour;

    ResourceKind(String title, double perHour, double relativePerHour) {
        this.title = title;
        this.perHour = perHour;
        this.relativePerHour = relativePerHour;
    }

    /** Name and unit for people. */
    public String title() {
        return title;
    }

    /** The growth in an hour up to which a resource of this level counts as flat. */
    public double allowedPerHour(double level) {
        return Math.max(perHour, relativePerHour * level);
    }
}
