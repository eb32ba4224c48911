//! To whom results come: alike whoever is registered, late, after an erasing, once whatever the store does.

use super::*;

#[tokio::test]
async fn nobody_learns_from_the_answer_who_is_registered() {
    let server = with_laboratory().await;
    let registered = server.citizen().await;
    let dependant = server.citizen().await;
    let nobody = Citizen::new();
    let mut answers = Vec::new();
    for citizen in [&registered, &dependant, &nobody] {
        let one = report("same", &citizen.document_number, "negative");
        // Each in the place of the same id, so that the bytes can be compared.
        let server = with_laboratory().await;
        if citizen.id != nobody.id {
            citizen.register(&server).await;
        }
        let answer = tell(&server, vec![one]).await;
        answers.push((answer.status, answer.text()));
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:?}"
    );
}

#[tokio::test]
async fn what_was_reported_before_waits_for_the_registration_also_a_dependant_s() {
    let server = with_laboratory().await;
    let citizen = Citizen::new();
    let one = report("1", &citizen.document_number, "positive");
    tell(&server, vec![one]).await;
    delivered(&server).await;
    assert_eq!(citizen.register(&server).await.status, 201);
    assert_eq!(told(&server, &citizen).await.len(), 1);
    // Nothing was ever declared.
    assert_eq!(colour(&server, &citizen).await, Colour::Red);

    let carer = server.citizen().await;
    let subject = SubjectId::parse("0190b0a0-0000-4000-8000-000000000009").expect("an id");
    let asked = care(
        &carer,
        &subject,
        &SigningKey::from_bytes(&[78; 32]),
        &json!({}),
    );
    let number = asked["identity"]["documentNumber"]
        .as_str()
        .expect("a number")
        .to_owned();
    let mut of_child = report("2", &number, "negative");
    of_child.document.kind = asked["identity"]["documentKind"]
        .as_str()
        .expect("a kind")
        .to_owned();
    assert_eq!(refused(&tell(&server, vec![of_child]).await), [None]);
    delivered(&server).await;
    let path = subject.path_below(&format!("care/{}", new_id()));
    let taken = carer.put(&server, &path, &asked).await;
    assert_eq!(taken.status, 201, "{}", taken.text());
    let part = carer
        .get(&server, &subject.path_below("parts/results"))
        .await;
    assert_eq!(part.json()["head"], 1, "{}", part.text());
}

#[tokio::test]
async fn an_erasing_names_what_is_kept_and_no_red_is_shaken_off_by_it() {
    let server = with_laboratory().await;
    let citizen = server.citizen().await;
    tell(
        &server,
        vec![report("1", &citizen.document_number, "positive")],
    )
    .await;
    delivered(&server).await;
    let answer = send(&server, &ask(&citizen.key, &SubjectId::OWNER, &new_id())).await;
    let receipt = opened(&server, &answer);
    let kept = receipt.kept.iter().find(|item| item.what == "results");
    assert_eq!(kept.expect("named").until, NOON + 180 * DAY);
    server.clock.advance(3_600);
    let mut again = citizen.registration();
    again["consent"]["acceptedAt"] = json!(NOON + 3_600);
    let registered = citizen.register_as(&server, &new_id(), &again).await;
    assert_eq!(registered.status, 201, "{}", registered.text());
    assert_eq!(colour(&server, &citizen).await, Colour::Red);
    // Once it is kept no longer, it comes to nobody.
    let server = with_laboratory().await;
    let citizen = Citizen::new();
    tell(
        &server,
        vec![report("1", &citizen.document_number, "positive")],
    )
    .await;
    server.clock.advance(181 * DAY);
    server.app.keep_house().await.expect("kept house");
    citizen.register(&server).await;
    assert!(told(&server, &citizen).await.is_empty());
}

#[tokio::test]
async fn whatever_the_store_does_a_result_is_taken_once() {
    for fault in [
        Fault::Conflict,
        Fault::AnswerLost,
        Fault::WriteLost,
        Fault::Late,
    ] {
        for at in 0..5 {
            let server = with_laboratory().await;
            let citizen = server.citizen().await;
            citizen.declare(&server, &declaration()).await;
            let faults: Vec<Fault> = std::iter::repeat_n(Fault::AnswerLost, at)
                .chain([fault])
                .collect();
            let server = server.failing(&faults);
            let body = sign_reports(
                &reports(vec![report("1", &citizen.document_number, "positive")]),
                &key(),
            );
            let mut answer = post(&server, body.clone()).await;
            for _ in 0..4 {
                if answer.status == 200 {
                    break;
                }
                answer = post(&server, body.clone()).await;
            }
            assert_eq!(refused(&answer), [None], "{fault:?} at {at}");
            for _ in 0..3 {
                let _ = deliver_what_waits(&server.app.authority).await;
            }
            delivered(&server).await;
            assert_eq!(told(&server, &citizen).await.len(), 1, "{fault:?} at {at}");
            assert_eq!(colour(&server, &citizen).await, Colour::Red);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_are_one_and_of_two_contents_one_is_refused() {
    let server = with_laboratory().await;
    let citizen = server.citizen().await;
    for round in 0..10 {
        let id = round.to_string();
        let of = |outcome: &str| {
            tell(
                &server,
                vec![report(&id, &citizen.document_number, outcome)],
            )
        };
        let (left, right) = tokio::join!(of("negative"), of("negative"));
        assert_eq!((refused(&left), refused(&right)), (vec![None], vec![None]));
        let id = format!("other-{round}");
        let of = |outcome: &str| {
            tell(
                &server,
                vec![report(&id, &citizen.document_number, outcome)],
            )
        };
        let (left, right) = tokio::join!(of("negative"), of("pending"));
        let both = [refused(&left), refused(&right)];
        assert!(
            both.contains(&vec![None]) && both.contains(&code("result_id_reused")),
            "{both:?}"
        );
    }
    delivered(&server).await;
    assert_eq!(told(&server, &citizen).await.len(), 20);
}

#[tokio::test]
async fn a_thousand_results_come_page_by_page() {
    let server = with_laboratory().await;
    let citizen = Citizen::new();
    for batch in 0..10 {
        let results = (0..100).map(|id| {
            report(
                &format!("{batch}-{id}"),
                &citizen.document_number,
                "negative",
            )
        });
        assert!(
            refused(&tell(&server, results.collect()).await)
                .iter()
                .all(Option::is_none)
        );
    }
    citizen.register(&server).await;
    let records = told(&server, &citizen).await;
    let ids: std::collections::BTreeSet<_> = records.iter().map(|one| one.id.clone()).collect();
    assert_eq!((records.len(), ids.len()), (1_000, 1_000));
    // A cursor of another life of the database begins anew.
    let path = "/v1/subjects/owner/parts/results?after=1000.00";
    let part = citizen.get(&server, path).await.json();
    assert_eq!(part["results"][0]["change"], 1);
}
