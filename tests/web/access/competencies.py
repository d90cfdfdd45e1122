"""The lines of the table (see `table.py`) for the competencies at the HR desk."""

#                                                    out lea str trn oth hr  hro bkp adm
COMPETENCIES = """
# HR desk: everybody reads dictionary and standard, BKPSDM changes them; people of one's own units
GET  hr.competencies.index                           login 403 = =   =   200 200 200 403
GET  hr.competencies.show       competency_id=competency login 403 = = = 200 200 200 403
GET  hr.competencies.file       kind='case'          login 403 = =   =   200 200 200 403
GET  hr.competencies.file       kind='csv'           login 403 = =   =   200 200 200 403
GET  hr.competencies.new                             login 403 = =   =   =   =   200 403
POST hr.competencies.create                          login 403 = =   =   =   =   422 403
GET  hr.competencies.edit       competency_id=competency login 403 = = = =   =   200 403
POST hr.competencies.save       competency_id=competency login 403 = = = =   =   422 403
POST hr.competencies.retire     competency_id=competency login 403 = = = =   =   303 403
POST hr.competencies.restore    competency_id=competency login 403 = = = =   =   303 403
GET  hr.gaps.index                                   login 403 = =   =   200 200 200 403
GET  hr.gaps.people             competency_id=competency login 403 = = = 200 200 200 403
GET  hr.gaps.trend                                   login 403 = =   =   200 200 200 403
POST hr.gaps.trend_file                              login 403 = =   =   200 200 200 403
POST hr.gaps.file                                    login 403 = =   =   200 200 200 403
POST hr.gaps.people_file        competency_id=competency login 403 = = = 200 200 200 403
GET  hr.standards.index                              login 403 = =   =   200 200 200 403
GET  hr.standards.edit_page                          login 403 = =   =   =   =   200 403
GET  hr.standards.show          position_id=position login 403 = =   =   200 200 200 403
GET  hr.standards.seed                               login 403 = =   =   =   =   200 403
GET  hr.standards.file          kind='xlsx'          login 403 = =   =   200 200 200 403
POST hr.standards.preview                            login 403 = =   =   =   =   200 403
POST hr.standards.save                               login 403 = =   =   =   =   422 403
GET  hr.imports.new             kind='dictionary'    login 403 = =   =   =   =   200 403
GET  hr.imports.new             kind='standards'     login 403 = =   =   =   =   200 403
GET  hr.imports.new             kind='ratings'       login 403 = =   =   200 200 200 403
GET  hr.imports.show            kind='ratings' digest=waiting_file login 403 = = = 200 404 404 403
GET  hr.imports.show            kind='ratings' digest=digest login 403 = = = 404 404 404 403
POST hr.imports.check           kind='dictionary'    login 403 = =   =   =   =   422 403
POST hr.imports.check           kind='ratings'       login 403 = =   =   422 422 422 403
POST hr.imports.save            kind='ratings' digest=digest login 403 = = = 404 404 404 403
POST hr.imports.save            kind='ratings' digest=waiting_file login 403 = = = 303 404 404 403
GET  hr.ratings.show            user_id=person_learner login 403 = = =   200 404 200 403
GET  hr.ratings.show            user_id=person_stranger login 403 = = =  404 200 200 403
POST hr.ratings.save            user_id=person_learner login 403 = = =   422 404 422 403
GET  hr.ratings.paper           user_id=person_learner login 403 = = =   200 404 200 403
GET  hr.ratings.template                             login 403 = =   =   200 200 200 403
GET  hr.needs.index                                  login 403 = =   =   200 200 200 403
POST hr.needs.file              kind='units'         login 403 = =   =   200 200 200 403
POST hr.needs.file              kind='people'        login 403 = =   =   200 200 200 403
GET  hr.plans.index                                  login 403 = =   =   200 200 200 403
POST hr.plans.agree                                  login 403 = =   =   303 303 303 403
GET  hr.plans.show              item_id=plan_item    login 403 = =   =   200 404 200 403
GET  hr.plans.show              item_id=plan_stranger login 403 = =  =   404 200 200 403
POST hr.plans.decide_one        item_id=plan_item    login 403 = =   =   422 404 422 403
POST hr.plans.close             item_id=plan_item    login 403 = =   =   422 404 422 403

# one's own plan
GET  plans.show                                      login 200 = =   =   =   =   =   =
GET  plans.new                                       login 200 = =   =   =   =   =   =
POST plans.create                                    login 422 = =   =   =   =   =   =
POST plans.give_up              item_id=plan_item    login 303 404 = =   =   =   =   =
POST team.answer                user_id=person_learner item_id=plan_item login 404 = = = 422 404 = =
POST team.answer                user_id=person_learner item_id=plan_stranger login 404 = = = 404 = = =
"""
