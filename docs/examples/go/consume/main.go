// Prints incidents: go run ./consume localhost:9092 hosts.incidents
//
// Needs `output: {format: json}` in the detector file. The incidents of a detector are in one partition.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/IBM/sarama"
)

// Incident has some of the fields; all are in the published schema, incident.schema.json.
type Incident struct {
	Time, State, Severity, Description string
}

func main() {
	settings := sarama.NewConfig()
	settings.Version = sarama.V2_1_0_0
	// What is not committed may be written again.
	settings.Consumer.IsolationLevel = sarama.ReadCommitted
	consumer, err := sarama.NewConsumer(strings.Split(os.Args[1], ","), settings)
	if err != nil {
		log.Fatal(err)
	}
	defer consumer.Close()
	partition, err := consumer.ConsumePartition(os.Args[2], 0, sarama.OffsetOldest)
	if err != nil {
		log.Fatal(err)
	}
	for message := range partition.Messages() {
		var incident Incident
		if err := json.Unmarshal(message.Value, &incident); err != nil {
			log.Fatal(err)
		}
		// An incident has several records: OPENED, UPDATED, RESOLVED. Its id stays the same.
		fmt.Println(incident.Time, incident.State, incident.Severity, incident.Description)
	}
}
