"""One module a topic; see `fourcorners.evaluation.topic.Topic`."""
