package dev.noether.lab.chaos.service;

/** A service of docker-compose.yml that runs for as long as the watch does. */
public enum Service {
    BROKER("kafka", "broker"),
    JOB_MANAGER("jobmanager", "job manager"),
    TASK_MANAGER("taskmanager", "task manager"),
    RETRAINER("retrainer", "retrainer");

    private final String composeName;
    private final String title;

    Service(String composeName, String title) {
        this.composeName = composeName;
        this.title = title;
    }

    /** Its name in docker-compose.yml. */
    public String composeName() {
        return composeName;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }
}
